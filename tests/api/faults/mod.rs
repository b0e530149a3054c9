//! Faults: full disks, cut connections, power cuts. No acknowledged change is lost, and every wait ends with
//! a reason.

mod backup;
mod durable;
mod exchanged;
mod files;
mod first_starts;
mod freshness;
mod program;
mod proxy;
mod storage;
mod unreachable;
mod waiting;
