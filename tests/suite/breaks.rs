//! The breaks of `tests/breaks` are about the code as it is: what each breaks stands where it says, once.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// One break, or why there is nothing to break any more.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Break {
    Gone {
        number: usize,
        title: String,
        gone: String,
    },
    Stands {
        number: usize,
        title: String,
        file: PathBuf,
        old: String,
        new: String,
        falls_to: String,
    },
}

/// Where the tests of each target of `tests/breaks/run` stand.
const TARGETS: &[(&str, &str)] = &[
    ("allocations", "tests/allocations.rs"),
    ("c", "bindings/c/src"),
    ("core", "crates/wxkf-core/src"),
    ("suite", "tests/suite"),
    ("wasm", "bindings/wasm/src"),
    ("wiped", "bindings/c/tests/wiped.rs"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// All the Rust below a path.
fn code(below: &Path) -> String {
    if below.is_file() {
        return fs::read_to_string(below).unwrap();
    }
    let entries = fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path());
    let is_code = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|it| it == "rs");
    entries.filter(is_code).map(|path| code(&path)).collect()
}

#[test]
fn every_break_stands_once_where_it_says_and_names_a_test() {
    let breaks = fs::read_to_string(root().join("tests/breaks/breaks.json")).unwrap();
    let breaks: Vec<Break> = serde_json::from_str(&breaks).unwrap();
    let tests: Vec<_> =
        TARGETS.iter().map(|(target, place)| (*target, code(&root().join(place)))).collect();
    let mut stale = Vec::new();
    let mut gone_ones = 0;
    for (expected, one) in (1..).zip(&breaks) {
        let (Break::Gone { number, title, .. } | Break::Stands { number, title, .. }) = one;
        assert_eq!(*number, expected, "{title}: the numbers are those of the places");
        match one {
            Break::Gone { gone, .. } => {
                assert!(gone.len() > 20, "{number} {title}: why?");
                gone_ones += 1;
            }
            Break::Stands { file, old, new, falls_to, .. } => {
                let text = fs::read_to_string(root().join(file)).unwrap_or_default();
                let (count, is_break) = (text.matches(old.as_str()).count(), old != new);
                if count != 1 || !is_break {
                    stale.push(format!("{number} {title}: {count} times in {}", file.display()));
                }
                let (target, test) = falls_to.split_once(' ').unwrap();
                let (_, code) = tests.iter().find(|(known, _)| *known == target).unwrap();
                let named = match test.rsplit_once("::") {
                    Some((modules, "")) => format!("mod {}", modules.rsplit("::").next().unwrap()),
                    Some((_, name)) => format!("fn {name}"),
                    None => format!("fn {test}"),
                };
                assert!(code.contains(&named), "{number} {title}: there is no {falls_to}");
            }
        }
    }
    println!("{} breaks, {gone_ones} of them gone", breaks.len());
    assert!(stale.is_empty(), "restate them in tests/breaks/breaks.json:\n{}", stale.join("\n"));
}
