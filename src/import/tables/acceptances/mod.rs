//! Care needs that facilities accept, and their vacancies (受け入れ施設):
//! reads the columns and writes the rows.

pub mod form;
pub mod write;
