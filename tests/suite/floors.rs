//! The modules have floors: each uses only what lies below it, and a type's name means one thing.
//!
//! The list of the core's floors is the order of the modules in its `lib.rs`. Paths are read as text, tests
//! and comments apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of a crate: the top-level module that it belongs to, how deep it lies, and what it says.
struct Source {
    name: String,
    module: String,
    depth: usize,
    code: String,
}

/// Every file below the `src` of a crate but its root and its tests.
fn sources(krate: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("src");
    let mut files = Vec::new();
    find(&root, &mut files);
    let source = |path: &PathBuf| {
        let way: Vec<_> =
            path.strip_prefix(&root).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
        let is_part = way.last() != Some(&"mod.rs");
        Source {
            name: way.join("/"),
            module: way[0].trim_end_matches(".rs").into(),
            depth: way.len() - usize::from(!is_part),
            code: code(&fs::read_to_string(path).unwrap()),
        }
    };
    files.iter().map(source).filter(|source| !["lib", "main"].contains(&&*source.module)).collect()
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !is_test {
            find(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            found.push(path);
        }
    }
    found.sort();
}

/// A text without its comments and its tests.
fn code(text: &str) -> String {
    let (text, _) = text.split_once("#[cfg(test)]\nmod tests {").unwrap_or((text, ""));
    let line = |line: &str| line.split_once("//").map_or(line, |(code, _)| code).to_owned() + "\n";
    text.lines().map(line).collect()
}

/// What a file takes from the root of its crate.
fn taken(code: &str, depth: usize) -> BTreeSet<String> {
    let supers = "super::".repeat(depth);
    let mut names = BTreeSet::new();
    for way in ["crate::", &supers] {
        for (place, _) in code.match_indices(way) {
            // Not the end of a longer way.
            if code[..place].ends_with("super::")
                || code[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            {
                continue;
            }
            let after = &code[place + way.len()..];
            if after.starts_with("super::") {
                continue;
            }
            names.extend(heads(after));
        }
    }
    names.remove("self");
    names
}

/// The first name of a path, or of each in a group.
fn heads(path: &str) -> Vec<String> {
    let head = |path: &str| -> String {
        path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![head(path)] };
    let (mut depth, mut starts) = (1, vec![0]);
    for (at, c) in group.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            _ if depth == 0 => break,
            ',' if depth == 1 => starts.push(at + 1),
            _ => {}
        }
    }
    starts.iter().map(|at| head(&group[*at..])).filter(|name| !name.is_empty()).collect()
}

/// The arrows that do not go down.
fn going_up(floors: &[String], sources: &[Source]) -> Vec<String> {
    let floor = |module: &str| floors.iter().position(|floor| floor == module);
    let mut found = Vec::new();
    for source in sources {
        let from = floor(&source.module);
        for name in taken(&source.code, source.depth).iter().filter(|name| **name != source.module)
        {
            if from.is_none() || floor(name) >= from || floor(name).is_none() {
                found.push(format!("{} uses {name}", source.name));
            }
        }
    }
    found
}

fn floors_of_the_core() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/wxkf-core/src/lib.rs");
    let text = fs::read_to_string(root).unwrap();
    let module = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    text.lines().filter_map(module).collect()
}

#[test]
fn each_module_of_the_core_uses_only_what_lies_below_it() {
    let (floors, sources) = (floors_of_the_core(), sources("crates/wxkf-core"));
    let modules: BTreeSet<_> = sources.iter().map(|source| &source.module).collect();
    assert_eq!(modules, floors.iter().collect(), "a floor a module");
    let arrows: usize = sources.iter().map(|source| taken(&source.code, source.depth).len()).sum();
    assert!(arrows > 200, "{arrows} arrows: are they read?");
    assert_eq!(going_up(&floors, &sources), [""; 0]);
}

#[test]
fn what_goes_up_is_seen() {
    let floors = ["low", "middle", "high"].map(String::from);
    let up = |module: &str, depth, text: &str| {
        let source = Source { name: module.into(), module: module.into(), depth, code: code(text) };
        going_up(&floors, &[source])
    };
    for text in [
        "use crate::high::Thing;",
        "use crate::{low, high::{self, Other}};",
        "use crate::{\n    low::{A, B},\n    high,\n};",
        "fn f() -> crate::high::T {}",
        "($x:ty) => { $crate::high::made!($x) };",
        "use super::high;",
    ] {
        assert_eq!(up("middle", 1, text), ["middle uses high"], "{text}");
    }
    assert_eq!(up("middle", 2, "use super::super::high::T;"), ["middle uses high"]);
    assert_eq!(up("middle", 1, "use crate::Thing;"), ["middle uses Thing"], "of the root");
    for text in [
        "use crate::low::T;\nuse crate::middle::U;",
        "/// [`crate::high::T`]\n// crate::high\nuse crate::low; // crate::high",
        "#[cfg(test)]\nmod tests {\n    use crate::high::T;\n}",
    ] {
        assert_eq!(up("middle", 1, text), [""; 0], "{text}");
    }
    assert_eq!(
        up("middle", 2, "use super::high::T;\nuse self::high;"),
        [""; 0],
        "a part of its own"
    );
}

/// The modules that lie on a circle, or above one.
fn circles(krate: &str) -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources(krate);
    let modules: BTreeSet<_> = sources.iter().map(|source| source.module.clone()).collect();
    let mut arrows: BTreeMap<_, BTreeSet<_>> =
        modules.iter().map(|module| (module.clone(), BTreeSet::new())).collect();
    for source in &sources {
        let used = taken(&source.code, source.depth);
        let used = used.into_iter().filter(|name| modules.contains(name) && *name != source.module);
        arrows.get_mut(&source.module).unwrap().extend(used);
    }
    // Whoever uses nobody that is left goes.
    loop {
        let free: BTreeSet<_> = arrows
            .iter()
            .filter(|(_, used)| used.is_empty())
            .map(|(module, _)| module.clone())
            .collect();
        if free.is_empty() {
            return arrows;
        }
        arrows.retain(|module, _| !free.contains(module));
        arrows.values_mut().for_each(|used| used.retain(|module| !free.contains(module)));
    }
}

#[test]
fn no_modules_of_another_crate_use_each_other_in_a_circle() {
    for krate in [
        "bindings/c",
        "bindings/wasm",
        "crates/wxkf-json",
        "crates/wxkf-platform",
        "crates/wxkf-cli",
    ] {
        assert_eq!(circles(krate), BTreeMap::new(), "{krate}");
    }
}

#[test]
fn each_name_of_a_type_of_the_core_means_one_thing() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources("crates/wxkf-core") {
        // A shape has the name of what it is the shape of.
        let is_of_shapes = source.name == "fields/shape.rs";
        for line in source.code.lines().filter(|_| !is_of_shapes) {
            let words: Vec<_> =
                line.split_whitespace().skip_while(|word| word.starts_with("pub")).collect();
            if let ["struct" | "enum" | "trait" | "union", name, ..] = words[..] {
                let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap();
                places.entry(name.into()).or_default().push(source.name.clone());
            }
        }
    }
    // What a macro declares is named where the macro is called.
    places.remove("");
    assert!(places.len() > 100, "{} names: are they read?", places.len());
    places.retain(|_, files| files.len() > 1);
    assert_eq!(places, BTreeMap::new());
}
