//! What the program does when a disk is full, a connection is cut, or somebody pulls the plug: nothing that was
//! acknowledged is lost, and every wait ends with a reason.

mod backup;
mod durable;
mod exchanged;
mod files;
mod first_starts;
mod program;
mod proxy;
mod storage;
mod unreachable;
mod waiting;
