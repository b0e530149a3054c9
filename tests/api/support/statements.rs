//! The SQL an App runs, to see that a list is read in a few statements however long it is.

use std::sync::{Arc, Mutex};
use yui::database::Databases;

/// Every statement since the App started. Beginning and ending a transaction is not one.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Listens to both handles; their later clones are heard as well.
    pub(super) fn of(databases: &mut Databases) -> Self {
        let statements = Self::default();
        let heard = statements.clone();
        databases.on_statement(move |sql| heard.lock().push(sql.to_owned()));
        statements
    }

    /// The output of a future, and the statements that ran meanwhile.
    pub async fn during<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        let before = self.lock().len();
        let outcome = work.await;
        let during = self.lock().split_off(before);
        (outcome, during)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().expect("nobody panics while a statement is noted")
    }
}
