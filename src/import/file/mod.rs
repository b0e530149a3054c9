//! Bytes of a file to the rows of a table: text in any encoding, Excel workbooks and JSON lists.

pub mod input;
mod hidden_rows;
mod json;
pub mod spreadsheet_error;
pub mod table;
pub mod tabular;
mod workbook;
