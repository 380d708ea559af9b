//! Everything that fuzzing has found worth keeping, replayed.

use std::fs;
use std::path::Path;

#[test]
fn every_corpus_replays() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, target) in wxkf_tests::fuzz::TARGETS {
        let entries = fs::read_dir(corpora.join(name)).expect("every target has a corpus");
        let mut count = 0;
        for entry in entries {
            target(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 0, "{name} has an empty corpus");
        println!("{name}: {count} inputs replayed");
    }
}
