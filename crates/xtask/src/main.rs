//! `cargo xtask NAME`: build steps and checks that need no global install.

mod c;
mod npm;
mod wasm;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const TASKS: &[(&str, Task)] = &[
    ("c", c::c),
    ("c-debug", c::c_debug),
    ("msrv", msrv),
    ("npm", npm::npm),
    ("wasm-imports", wasm::wasm_imports),
];

type Task = fn() -> Result<String, String>;

fn main() -> ExitCode {
    let name = env::args().nth(1).unwrap_or_default();
    let Some((name, task)) = TASKS.iter().find(|(known, _)| *known == name) else {
        let names: Vec<_> = TASKS.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: cargo xtask {}", names.join("|"));
        return ExitCode::FAILURE;
    };
    match task() {
        Ok(message) => {
            println!("{name}: {message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{name}: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Checks the workspace with the oldest Rust that it promises: `rust-version` in Cargo.toml. These build
/// steps are no part of the promise.
fn msrv() -> Result<String, String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).map_err(show)?;
    let manifest: toml::Table = manifest.parse().map_err(show)?;
    let version = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("package")?.get("rust-version")?.as_str())
        .ok_or("Cargo.toml has no workspace.package.rust-version")?;
    let installed = Command::new("rustup").args(["run", version, "rustc", "--version"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        run(Command::new("rustup").args([
            "toolchain",
            "install",
            version,
            "--profile",
            "minimal",
        ]))?;
    }
    run(Command::new("rustup")
        .args([
            "run",
            version,
            "cargo",
            "check",
            "--quiet",
            "--workspace",
            "--exclude",
            "xtask",
            "--locked",
        ])
        .env("CARGO_TARGET_DIR", root().join("target/msrv"))
        // Set by the cargo that runs this, for its own toolchain.
        .env_remove("RUSTC")
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN"))?;
    Ok(format!("the workspace checks with Rust {version}"))
}

/// Runs a command, in the root unless it has a folder of its own.
fn run(command: &mut Command) -> Result<(), String> {
    if command.get_current_dir().is_none() {
        command.current_dir(root());
    }
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?}: {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn show(error: impl core::fmt::Display) -> String {
    error.to_string()
}
