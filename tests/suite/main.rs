//! The one test binary: every module is about one promise.

mod conformance;
mod reference;
