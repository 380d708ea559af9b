//! `cargo xtask NAME`: build steps and checks that need no global install.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const TASKS: &[(&str, Task)] = &[("msrv", msrv), ("wasm-imports", wasm_imports)];

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

/// Checks the workspace with the oldest Rust that it promises: `rust-version` in Cargo.toml.
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
        .args(["run", version, "cargo", "check", "--quiet", "--workspace", "--locked"])
        .env("CARGO_TARGET_DIR", root().join("target/msrv"))
        // Set by the cargo that runs this, for its own toolchain.
        .env_remove("RUSTC")
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN"))?;
    Ok(format!("the workspace checks with Rust {version}"))
}

/// Builds the core for a target without an operating system, as a bare library and with everything
/// of it in use, and looks for imports: there must be none.
fn wasm_imports() -> Result<String, String> {
    let target = "wasm32-unknown-unknown";
    let common = ["--package", "wxkf-core", "--locked", "--quiet", "--release", "--target", target];
    run(Command::new("cargo").arg("build").args(["--example", "bare"]).args(common))?;
    run(Command::new("cargo").arg("rustc").args(["--lib", "--crate-type", "cdylib"]).args(common))?;
    let built = root().join("target").join(target).join("release");
    let mut sizes = Vec::new();
    for file in ["wxkf_core.wasm", "examples/bare.wasm"] {
        let bytes = fs::read(built.join(file)).map_err(show)?;
        let imports = imports(&bytes)?;
        if !imports.is_empty() {
            return Err(format!("{file} imports {}", imports.join(", ")));
        }
        sizes.push(format!("{file} ({} KB)", bytes.len().div_ceil(1024)));
    }
    Ok(format!("no imports in {}", sizes.join(" and ")))
}

fn imports(module: &[u8]) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        if let wasmparser::Payload::ImportSection(section) = payload.map_err(show)? {
            for import in section {
                let import = import.map_err(show)?;
                names.push(format!("{}.{}", import.module, import.name));
            }
        }
    }
    Ok(names)
}

fn run(command: &mut Command) -> Result<(), String> {
    match command.current_dir(root()).status() {
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

#[cfg(test)]
mod tests {
    use super::imports;

    #[test]
    fn an_import_is_seen() {
        let header = *b"\0asm\x01\0\0\0";
        let types = [1, 4, 1, 0x60, 0, 0];
        let import = [2, 9, 1, 3, b'e', b'n', b'v', 1, b'f', 0, 0];
        assert_eq!(imports(&header), Ok(vec![]));
        let module = [&header[..], &types, &import].concat();
        assert_eq!(imports(&module), Ok(vec!["env.f".to_owned()]));
    }
}
