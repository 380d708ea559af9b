//! The one test binary: every module is about one promise.

mod conformance;
mod corpus;
mod explains;
mod hostile;
mod properties;
mod reference;
mod secrets;
mod vectors;
