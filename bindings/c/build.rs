//! The name by which programs find the shared library holds the number of its ABI.

use std::{env, fs};

fn main() {
    let source = fs::read_to_string("src/lib.rs").unwrap_or_default();
    let abi = source.split("pub const ABI: u32 = ").nth(1).and_then(|rest| rest.split(';').next());
    if let (Some(abi), Ok("linux")) = (abi, env::var("CARGO_CFG_TARGET_OS").as_deref()) {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libwxkf.so.{abi}");
    }
    println!("cargo::rerun-if-changed=src/lib.rs");
}
