//! `cargo xtask npm`: the package `wxkf`, from the crate to `bindings/wasm/npm/dist`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{root, run, show};

/// The module's name; its glue is in `core_bg.js`.
const NAME: &str = "core";
const PACKAGE: &str = "bindings/wasm/npm";

/// Builds the module and its glue, then hands over to the package's own build.
pub(crate) fn npm() -> Result<String, String> {
    let package = root().join(PACKAGE);
    let glue = package.join("glue");
    bind(&build(&["--lib"])?.join("wxkf_wasm.wasm"), &glue)?;
    if !package.join("node_modules").exists() {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&package))?;
    }
    run(Command::new("npm").args(["run", "--silent", "build"]).current_dir(&package))?;
    let size = fs::metadata(glue.join(format!("{NAME}_bg.wasm"))).map_err(show)?.len();
    Ok(format!("{} with a module of {} KB", package.join("dist").display(), size.div_ceil(1024)))
}

/// Builds what the module is measured against: the libraries alone. It is read by `npm run size`.
pub(crate) fn npm_floor() -> Result<String, String> {
    let floor = root().join(PACKAGE).join("floor");
    bind(&build(&["--example", "floor"])?.join("examples/floor.wasm"), &floor)?;
    Ok(floor.display().to_string())
}

/// Compiles the border crate together with a standard library that ends where it would panic: the texts
/// of panics, and all that formats them, are a tenth of the module otherwise. Small functions are inlined
/// before they are compiled for size, which makes the module smaller and a sixth faster. No path of this
/// machine gets into it.
fn build(what: &[&str]) -> Result<PathBuf, String> {
    let target = "wasm32-unknown-unknown";
    let installed = rustc(&["--version"]).is_ok_and(|version| version.contains(TOOLCHAIN));
    if !installed || !sysroot()?.join("lib/rustlib/src/rust/library/Cargo.lock").exists() {
        let install = ["toolchain", "install", TOOLCHAIN, "--profile", "minimal"];
        run(Command::new("rustup").args(install).args(["--component", "rust-src"]))?;
    }
    run(Command::new("rustup")
        .args(["run", TOOLCHAIN, "cargo", "build", "--package", "wxkf-wasm", "--locked", "--quiet"])
        .args(what)
        .args(["--profile", "wasm", "--target", target, "-Zbuild-std=std,panic_abort"])
        .arg("-Zbuild-std-features=optimize_for_size")
        .env("CARGO_TARGET_DIR", root().join("target/npm"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", format!("{UNSTABLE} {}", remapped()?))
        // Set by the cargo that runs this, for its own toolchain.
        .env_remove("RUSTC")
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN"))?;
    Ok(root().join("target/npm").join(target).join("wasm"))
}

/// A stable Rust of a fixed version, so that every machine makes the same module, and switches that are
/// not stable stay what they are.
const TOOLCHAIN: &str = "1.95.0";
const UNSTABLE: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zinline-mir=yes";

fn rustc(args: &[&str]) -> Result<String, String> {
    let output = Command::new("rustup").args(["run", TOOLCHAIN, "rustc"]).args(args).output();
    let output = output.map_err(show)?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(show),
        false => Err(format!("rustc {TOOLCHAIN} is not installed")),
    }
}

fn sysroot() -> Result<PathBuf, String> {
    Ok(PathBuf::from(rustc(&["--print", "sysroot"])?.trim()))
}

fn remapped() -> Result<String, String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).ok_or("no home folder")?;
    let here = root().canonicalize().map_err(show)?;
    let from_to = [
        (home.join("registry/src"), ""),
        (here, "."),
        (sysroot()?.join("lib/rustlib/src/rust/library"), "/rust"),
    ];
    let flags = from_to.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok(flags.join(" "))
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
