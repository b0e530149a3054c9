//! `yui check`: the integrity of the database, and whether the directory agrees with the imported records.

use super::{Failure, output};
use crate::database::Databases;
use crate::database::sqlite::copy;
use crate::import::check::{self, Difference};
use japan::clock::Clock;
use std::process::ExitCode;

/// Ends with status 0 without findings, with 1 otherwise.
pub(super) async fn run(database: &str, clock: Clock) -> Result<ExitCode, Failure> {
    let databases = Databases::connect_existing(database).await?;
    let missing = databases.pending_migrations().await?.len();
    if missing > 0 {
        return Err(Failure::new(format!(
            "The database needs {missing} update(s) of this version of Yui. Run 'yui migrate' first."
        )));
    }
    let mut findings = Vec::new();
    if let Some(file) = databases.open_file() {
        // Of a PostgreSQL database its server checks the pages (initdb --data-checksums) and keeps the references.
        findings = copy::findings(file).await?;
        findings.iter().for_each(|finding| output::tell(finding));
    }
    let compared = compare(&databases, clock, &mut findings).await;
    databases.close().await?;
    let found =
        if findings.is_empty() { "nothing found".to_owned() } else { format!("{} found", findings.len()) };
    output::tell(&format!("Checked: {compared}: {found}."));
    if !findings.is_empty() {
        output::tell(
            "Entries that differ are written anew when their file is imported again. A damaged file is replaced by a \
             backup: stop the server, move the file away, then 'yui restore'.",
        );
    }
    Ok(ExitCode::from(u8::from(!findings.is_empty())))
}

/// Compares the directory with the records. The findings are printed as soon as the comparison ends, before
/// the command goes on, since a damaged database may end it at any moment.
async fn compare(databases: &Databases, clock: Clock, findings: &mut Vec<String>) -> String {
    match check::differences(databases, clock).await {
        Ok(checked) => {
            let differences: Vec<String> = checked.differences.iter().map(shown).collect();
            differences.iter().for_each(|difference| output::tell(difference));
            findings.extend(differences);
            format!(
                "pages, references, {} entries against what the files say, and the text index",
                checked.entries
            )
        }
        Err(cause) => {
            let finding = format!("the directory cannot be read to its end: {cause}");
            output::tell(&finding);
            findings.push(finding);
            "pages and references".to_owned()
        }
    }
}

fn shown(difference: &Difference) -> String {
    match difference {
        Difference::Missing(key) => format!("{key} is not in the directory, although a file names it"),
        Difference::Other(key) => format!("{key} differs from what the files say of it"),
        Difference::Unsupported(count) => {
            format!("{count} entries are in the directory although no file names them any more")
        }
        Difference::NotFound(name) => format!("{name} is not in the text index"),
        Difference::Misplaced(name) => format!("{name} is in another cell of the map than its position"),
    }
}
