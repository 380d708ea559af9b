//! The one test binary: every module is about one promise.

mod age;
mod borders;
mod breaks;
mod cipher;
mod conformance;
mod corpus;
mod driver;
mod explains;
mod floors;
mod generated;
mod hostile;
mod kept;
mod limits;
mod messages;
mod properties;
mod reference;
mod repeats;
mod secrets;
mod sending;
mod simulation;
mod snapshots;
mod steps;
mod token;
mod tree;
mod vectors;
mod writing;
