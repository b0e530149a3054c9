//! What facilities take on, and their vacancies (受け入れ施設): the columns and their reading, and what is written of them.

pub mod form;
pub mod write;
