//! Root fields about tokens of programs, for those who manage them.

use super::ApiToken;
use crate::accounts::managed_list::managed_list;

managed_list! {
    /// Queries about tokens of programs.
    ApiTokenQueries {
        /// Tokens made for programs (APIトークンの一覧), in the order in which they were made. For ADMIN.
        api_tokens, id: 0x746f_6b6e, action: ManageApiTokens
    }
    /// A page of tokens.
    ApiTokenConnection of
    /// A token in a list.
    ApiTokenEdge of
    /// The token.
    ApiToken, table: api_token
}
