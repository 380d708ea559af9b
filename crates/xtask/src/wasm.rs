//! What modules import: of the core nothing, of the package only what wasm-bindgen brings.

use std::fs;
use std::process::Command;

use crate::{root, run, show};

/// All that the module of the package may import: texts that are thrown, the table of
/// them, and AES where the runtime has it.
const GLUE: &[&str] = &[
    "__wbg_aes_256_cbc_",
    "__wbg___wbindgen_throw_",
    "__wbindgen_generic_",
    "__wbindgen_init_externref_table",
];

/// What texts for people hold: links to the platform's pages, and requests in Chinese. Such texts are
/// apart from the rows of the tables, and the package has them in a module of its own.
const TEXTS: &[&str] = &["https://developers.weixin.qq.com", "请"];

/// Refuses an import that is no glue, and texts that nothing in the module asks for.
pub(crate) fn check_glue(module: &[u8]) -> Result<(), String> {
    if let Some(text) = TEXTS.iter().find(|text| holds(module, text)) {
        return Err(format!("the package's module holds texts for people: {text}…"));
    }
    let is_glue = |name: &String| {
        let name = name.strip_prefix("./core_bg.js.").unwrap_or_default();
        GLUE.iter().any(|known| name.starts_with(known))
    };
    let others: Vec<_> = imports(module)?.into_iter().filter(|name| !is_glue(name)).collect();
    match others.is_empty() {
        true => Ok(()),
        false => Err(format!("the package's module imports {}", others.join(", "))),
    }
}

fn holds(module: &[u8], text: &str) -> bool {
    module.windows(text.len()).any(|window| window == text.as_bytes())
}

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

pub(crate) fn imports(module: &[u8]) -> Result<Vec<String>, String> {
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
    use super::{check_glue, imports};

    #[test]
    fn an_import_is_seen() {
        let header = *b"\0asm\x01\0\0\0";
        let types = [1, 4, 1, 0x60, 0, 0];
        let import = [2, 9, 1, 3, b'e', b'n', b'v', 1, b'f', 0, 0];
        assert_eq!(imports(&header), Ok(vec![]));
        let module = [&header[..], &types, &import].concat();
        assert_eq!(imports(&module), Ok(vec!["env.f".to_owned()]));
    }
    #[test]
    fn a_text_for_people_is_seen() {
        let header = *b"\0asm\x01\0\0\0";
        let data = |text: &str| [&header[..], text.as_bytes()].concat();
        assert_eq!(check_glue(&header), Ok(()));
        assert!(check_glue(&data("请稍后重试")).unwrap_err().contains("texts"));
        assert!(check_glue(&data("https://developers.weixin.qq.com/doc")).is_err());
    }
}
