//! Pages that are made from the tables of the core are as fresh as the tables.

use std::path::Path;

use wxkf_tests::docs::PAGES;

#[test]
fn pages_made_from_tables_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let update = std::env::var_os("WXKF_UPDATE").is_some();
    for (path, make) in PAGES {
        let (file, page) = (root.join(path), make());
        if update {
            std::fs::write(&file, &page).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == page,
            "{path} is stale: run `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`"
        );
    }
}
