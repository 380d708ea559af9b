//! The vectors of this repository: one file a case, found by walking, never listed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::driver::ask;

#[test]
fn every_vector_is_answered_as_it_says() {
    let files = files();
    let mut failures = Vec::new();
    for path in &files {
        let vector: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for field in ["source", "why"] {
            assert!(vector[field].is_string(), "{} has no {field}", path.display());
        }
        let line = line(&vector);
        let answer = ask(&line);
        if !includes(&answer, &vector["expect"]) {
            failures.push(format!("{}: {answer:#}", path.display()));
        }
    }
    println!("tests/vectors: {} of {}", files.len() - failures.len(), files.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The lines of all vectors.
pub(crate) fn lines() -> Vec<String> {
    let read = |path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    files().into_iter().map(|path| line(&read(path))).collect()
}

/// A line that is not JSON is kept as a string.
fn line(vector: &Value) -> String {
    vector["line"].as_str().map_or_else(|| vector["line"].to_string(), Into::into)
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut files = Vec::new();
    walk(&root, &mut files);
    assert!(!files.is_empty(), "no vectors below {}", root.display());
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => walk(&path, files),
            false => files.push(path),
        }
    }
    files.sort();
}

/// Whether the answer has everything that is expected; an object may have more, and does when the
/// vector is about one part of it. Typed content and errors are compared whole.
fn includes(answer: &Value, expected: &Value) -> bool {
    match (answer, expected) {
        (Value::Object(answer), Value::Object(expected)) => expected.iter().all(|(name, value)| {
            answer.get(name).is_some_and(|found| match name.as_str() {
                "content" | "error" => found == value,
                _ => includes(found, value),
            })
        }),
        _ => answer == expected,
    }
}
