//! Files of the ministries: care services, medical facilities, 通いの場 and 子ども食堂.

mod cafeteria_times;
pub mod care;
pub mod children_cafeteria;
pub mod kayoinoba;
pub mod medical;
pub mod medical_hours;
pub mod national_list;
