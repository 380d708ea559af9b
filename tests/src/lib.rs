//! Shared by the test suite, the fuzz targets and the benchmarks; and the files made from tables.

pub mod docs;
pub mod fuzz;
pub mod hostile;
pub mod typescript;
