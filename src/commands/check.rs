//! `yui check`: is the database whole, and is the directory what the files say?

use super::{Failure, output};
use crate::database::Databases;
use crate::database::sqlite::copy;
use crate::exchange::check::{self, Difference};
use std::process::ExitCode;

/// Ends with 0 when nothing was found, with 1 when something was.
pub(super) async fn run(database: &str) -> Result<ExitCode, Failure> {
    let databases = Databases::connect(database).await?;
    let missing = databases.pending_migrations().await?.len();
    if missing > 0 {
        return Err(Failure::new(format!(
            "The database needs {missing} update(s) of this version of Yui. Run 'yui migrate' first."
        )));
    }
    let mut findings = match databases.open_file() {
        Some(file) => copy::findings(file).await?,
        // The server checks its pages by itself (initdb --data-checksums) and keeps its references.
        None => Vec::new(),
    };
    let pages = databases.open_file().map_or("references are kept by the server", |_| "pages and references");
    let checked = check::differences(&databases.read).await?;
    findings.extend(checked.differences.iter().map(shown));
    databases.close().await?;
    for finding in &findings {
        output::tell(finding);
    }
    output::tell(&format!(
        "Checked: {pages}; {} entries against what the files say, and the text index: {}.",
        checked.entries,
        if findings.is_empty() { "nothing found".to_owned() } else { format!("{} found", findings.len()) },
    ));
    Ok(ExitCode::from(u8::from(!findings.is_empty())))
}

fn shown(difference: &Difference) -> String {
    match difference {
        Difference::Missing(key) => format!("{key} is not in the directory, although a file names it"),
        Difference::Other(key) => format!("{key} differs from what the files say of it"),
        Difference::NotFound(name) => format!("{name} is not in the text index"),
        Difference::Misplaced(name) => format!("{name} is in another cell of the map than its position"),
    }
}
