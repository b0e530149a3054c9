//! Own accounts and tokens of programs, as people use them: over HTTP, on two instances of one database.

mod api_tokens;
mod command_line;
mod invitations;
mod lockout;
mod managing;
mod sessions;
mod sign_in;
mod support;
mod tokens;
