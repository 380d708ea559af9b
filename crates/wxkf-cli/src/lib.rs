//! The command line of wxkf, as a library: the binary is only its `main`.

pub mod cli;
pub mod conform;
mod demo;
mod errcode;
mod explain;
mod options;
mod paint;
mod request;
mod stop;
