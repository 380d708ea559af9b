//! Shared by the test suite, the fuzz targets and the benchmarks.

pub mod fuzz;
pub mod hostile;
