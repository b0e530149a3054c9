//! Bytes of a file to the rows of a table: text in any encoding, Excel workbooks and JSON lists.

pub mod footer;
mod hidden_rows;
pub mod input;
mod json;
mod rows;
pub mod spreadsheet_error;
pub mod table;
pub mod tabular;
mod workbook;
