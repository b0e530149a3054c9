//! Root fields about accounts, for those who manage them.

use super::Account;
use super::managed_list::managed_list;

managed_list! {
    /// Queries about accounts.
    AccountQueries {
        /// Who may sign in here (アカウントの一覧), in the order in which they were invited. For ADMIN.
        accounts, id: 0x6163_6374, action: ManageAccounts
    }
    /// A page of accounts.
    AccountConnection of
    /// An account in a list.
    AccountEdge of
    /// The account.
    Account, table: account
}
