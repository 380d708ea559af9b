//! The model is an oracle only as long as it decides by itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The words of a text that could be names.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// What the crate hands out of the modules that decide, as its root says it.
fn decisions() -> BTreeSet<String> {
    let lib = fs::read_to_string(root().join("crates/wxkf-core/src/lib.rs")).unwrap();
    let mut names = BTreeSet::new();
    for module in ["conversation", "dedupe", "token"] {
        let (_, after) = lib.split_once(&format!("pub use {module}::")).expect("it is handed out");
        let (list, _) = after.split_once(';').unwrap();
        names.extend(words(list).map(String::from));
    }
    // Also what a push does, and whether it was here, is for each side to know by itself.
    names.extend(["Trigger", "Observation"].map(String::from));
    names
}

/// What a file takes from the crate, its tests apart: whatever stands in a path that begins with it.
fn imports(text: &str) -> BTreeSet<String> {
    let (text, _) = text.split_once("#[cfg(test)]\nmod tests").unwrap_or((text, ""));
    let mut names = BTreeSet::new();
    for (place, _) in text.match_indices("wxkf_core::") {
        let mut depth = 0;
        let path = text[place..].split(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth <= 0 && !c.is_alphanumeric() && !"_:{}".contains(c)
        });
        names.extend(path.take(1).flat_map(words).map(String::from));
    }
    names
}

#[test]
fn the_model_shares_no_decision_with_the_conversation() {
    let decisions = decisions();
    assert!(decisions.contains("Conversation") && decisions.contains("TokenKeeper"));
    let mut files = Vec::new();
    sources(&root().join("crates/wxkf-platform/src"), &mut files);
    let mut taken = BTreeSet::new();
    for file in &files {
        taken.extend(imports(&fs::read_to_string(file).unwrap()));
    }
    assert!(
        taken.contains("Account") && taken.contains("Timestamp"),
        "nothing was read: {taken:?}"
    );
    let shared: Vec<_> = decisions.intersection(&taken).collect();
    assert!(shared.is_empty(), "{shared:?}");
    println!("{} files of the model take from the core: {taken:?}", files.len());
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let text = "use wxkf_core::{\n    Account, api::{Call},\n    Policy};\nlet x = wxkf_core::Rule::new(1);";
    let found = imports(text);
    for name in ["Account", "Call", "Policy", "Rule"] {
        assert!(found.contains(name), "{found:?}");
    }
    assert!(!found.contains("x"));
}
