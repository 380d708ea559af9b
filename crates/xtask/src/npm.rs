//! `cargo xtask npm`: the package `wxkf`, from the crate to `bindings/wasm/npm/dist`. `cargo xtask npm TREE` builds
//! that of another checkout in the same way, to measure the two beside each other.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{root, run, show};

/// The module's name; its glue is in `core_bg.js`.
const NAME: &str = "core";
const PACKAGE: &str = "bindings/wasm/npm";

/// Rust of a fixed version, so that every machine makes the same module.
const TOOLCHAIN: &str = "1.95.0";
const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the module and its glue, then hands over to the package's own build.
pub(crate) fn npm() -> Result<String, String> {
    let tree = env::args().nth(2).map_or_else(root, PathBuf::from).canonicalize().map_err(show)?;
    let package = tree.join(PACKAGE);
    let glue = package.join("glue");
    bind(&build(&tree)?, &glue)?;
    if !package.join("node_modules").exists() {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&package))?;
    }
    run(Command::new("npm").args(["run", "--silent", "build"]).current_dir(&package))?;
    let size = fs::metadata(glue.join(format!("{NAME}_bg.wasm"))).map_err(show)?.len();
    Ok(format!("{} with a module of {} KB", package.join("dist").display(), size.div_ceil(1024)))
}

/// Compiles the border crate, with SIMD, which every runtime that the package is tried in has. Where a panic would
/// have been is in the module, and no path of this machine.
fn build(tree: &Path) -> Result<PathBuf, String> {
    if !sysroot().is_ok_and(|sysroot| sysroot.join("lib/rustlib").join(TARGET).exists()) {
        let install = ["toolchain", "install", TOOLCHAIN, "--profile", "minimal"];
        run(Command::new("rustup").args(install).args(["--target", TARGET]))?;
    }
    let target = tree.join("target/npm");
    run(Command::new("rustup")
        .args(["run", TOOLCHAIN, "cargo", "build", "--package", "wxkf-wasm", "--locked", "--quiet"])
        .args(["--lib", "--release", "--target", TARGET])
        .current_dir(tree)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", format!("-Ctarget-feature=+simd128 {}", remapped(tree)?))
        // Set by the cargo that runs this, for its own toolchain.
        .env_remove("RUSTC")
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN"))?;
    Ok(target.join(TARGET).join("release/wxkf_wasm.wasm"))
}

fn remapped(tree: &Path) -> Result<String, String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).ok_or("no home folder")?;
    let version = rustc(&["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let commit = commit.ok_or("rustc does not say its commit")?;
    let from_to = [
        (home.join("registry/src"), "".into()),
        (tree.to_owned(), ".".into()),
        // As the compiler calls it where the component rust-src is not installed.
        (sysroot()?.join("lib/rustlib/src/rust"), format!("/rustc/{commit}")),
    ];
    let flags = from_to.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok(flags.join(" "))
}

fn sysroot() -> Result<PathBuf, String> {
    Ok(PathBuf::from(rustc(&["--print", "sysroot"])?.trim()))
}

fn rustc(args: &[&str]) -> Result<String, String> {
    let output = Command::new("rustup").args(["run", TOOLCHAIN, "rustc"]).args(args).output();
    let output = output.map_err(show)?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(show),
        false => Err(format!("rustc {TOOLCHAIN} is not installed")),
    }
}

/// Makes the glue. The library is pinned to the version of the crate, so nothing is installed.
fn bind(module: &Path, glue: &Path) -> Result<(), String> {
    if glue.exists() {
        fs::remove_dir_all(glue).map_err(show)?;
    }
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(NAME)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .bundler(true)
        .and_then(|bindgen| bindgen.generate(glue))
        .map_err(|error| format!("{error:#}"))
}
