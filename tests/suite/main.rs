//! The one test binary: every module is about one promise.

mod conformance;
mod corpus;
mod hostile;
mod properties;
mod reference;
