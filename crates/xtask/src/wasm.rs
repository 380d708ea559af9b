//! What the core's module imports: nothing.

use std::fs;
use std::process::Command;

use crate::{root, run, show};

/// Builds the core for a target without an operating system, as a bare library and with everything
/// of it in use, and looks for imports: there must be none.
pub(crate) fn wasm_imports() -> Result<String, String> {
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
            for import in section.into_imports() {
                let import = import.map_err(show)?;
                names.push(format!("{}.{}", import.module, import.name));
            }
        }
    }
    Ok(names)
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
