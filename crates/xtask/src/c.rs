//! `cargo xtask c`: the C library, its headers for C and C++ and what pkg-config knows of it, in `target/c` or, with
//! `cargo xtask c PREFIX`, where they are to be installed. `cargo xtask c-debug` is the same for tests, in
//! `target/c-debug`: with every check that debugging adds, and sharing what `cargo test` builds.

use core::fmt::Write as _;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wxkf_core::Code;

use crate::{root, run, show};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Linked into one each. `cargo build` would not: with Rust's own kind of library beside them nothing is.
pub(crate) fn c() -> Result<String, String> {
    let types = ["--crate-type", "cdylib,staticlib"];
    let build = ["rustc", "--package", "wxkf-c", "--release"].into_iter().chain(types);
    install("target/c", Command::new("cargo").args(build), "release")
}

/// What `cargo test --workspace` builds, so that nothing is built twice.
pub(crate) fn c_debug() -> Result<String, String> {
    let build = ["build", "--workspace", "--all-targets"];
    install("target/c-debug", Command::new("cargo").args(build), "debug")
}

/// Builds and installs. The header is committed: one that is stale fails, and `WXKF_UPDATE=1` writes it anew.
fn install(prefix: &str, build: &mut Command, built: &str) -> Result<String, String> {
    let header = header()?;
    let committed = root().join("bindings/c/wxkf.h");
    if env::var_os("WXKF_UPDATE").is_some() {
        fs::write(&committed, &header).map_err(show)?;
    } else if fs::read_to_string(&committed).ok().as_ref() != Some(&header) {
        return Err("bindings/c/wxkf.h is stale: run it again with WXKF_UPDATE=1".into());
    }
    let prefix = env::args().nth(2).map_or_else(|| root().join(prefix), PathBuf::from);
    let (include, lib) = (prefix.join("include"), prefix.join("lib"));
    fs::create_dir_all(&include).map_err(show)?;
    fs::create_dir_all(lib.join("pkgconfig")).map_err(show)?;
    fs::write(include.join("wxkf.h"), &header).map_err(show)?;
    let cpp = root().join("bindings/c/cpp");
    fs::copy(cpp.join("wxkf.hpp"), include.join("wxkf.hpp")).map_err(show)?;
    copy_all(&cpp.join("wxkf"), &include.join("wxkf"))?;
    run(build.args(["--locked", "--quiet"]))?;
    libraries(&root().join("target").join(built), &lib)?;
    let prefix = prefix.canonicalize().map_err(show)?;
    fs::write(lib.join("pkgconfig/wxkf.pc"), pkg_config(&prefix)).map_err(show)?;
    Ok(prefix.display().to_string())
}

/// Copies the files of a folder, which has no folders in it.
fn copy_all(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(show)?;
    for file in fs::read_dir(from).map_err(show)? {
        let file = file.map_err(show)?;
        fs::copy(file.path(), to.join(file.file_name())).map_err(show)?;
    }
    Ok(())
}

fn libraries(built: &Path, lib: &Path) -> Result<(), String> {
    let shared = format!("libwxkf.so.{}", wxkf::ABI);
    fs::copy(built.join("libwxkf.a"), lib.join("libwxkf.a")).map_err(show)?;
    // Not written over: a program may be running with it.
    for name in [&*shared, "libwxkf.so"] {
        let path = lib.join(name);
        if path.symlink_metadata().is_ok() {
            fs::remove_file(path).map_err(show)?;
        }
    }
    fs::copy(built.join("libwxkf.so"), lib.join(&shared)).map_err(show)?;
    std::os::unix::fs::symlink(&shared, lib.join("libwxkf.so")).map_err(show)
}

/// What a program that is linked statically needs besides is what `rustc --print native-static-libs` says, but for
/// the compiler's own library, which every compiler knows where to find.
fn pkg_config(prefix: &Path) -> String {
    format!(
        "prefix={}\nlibdir=${{prefix}}/lib\nincludedir=${{prefix}}/include\n\nName: wxkf\nDescription: WeChat \
         customer-service messages: protocol core\nVersion: {VERSION}\nLibs: -L${{libdir}} -lwxkf\nLibs.private: \
         -lutil -lrt -lpthread -lm -ldl -lc\nCflags: -I${{includedir}}\n",
        prefix.display(),
    )
}

fn header() -> Result<String, String> {
    let folder = root().join("bindings/c");
    let mut config = cbindgen::Config::from_file(folder.join("cbindgen.toml"))?;
    config.header = Some(PREAMBLE.into());
    config.after_includes = Some(constants());
    let bindings = cbindgen::Builder::new().with_crate(folder).with_config(config).generate();
    let mut text = Vec::new();
    bindings.map_err(show)?.write(&mut text);
    String::from_utf8(text).map_err(show)
}

/// What no declaration says: the versions, and the codes, which stand in a table of the core.
fn constants() -> String {
    let mut parts = VERSION.split('.');
    let mut out =
        String::from("#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n");
    out += "/** The number of the ABI that this header is of: compare it with wxkf_abi(). */\n";
    _ = writeln!(out, "#define WXKF_ABI {}", wxkf::ABI);
    out += "/** The version that this header is of. */\n";
    for name in ["MAJOR", "MINOR", "PATCH"] {
        _ = writeln!(out, "#define WXKF_VERSION_{name} {}", parts.next().unwrap_or("0"));
    }
    _ = writeln!(out, "#define WXKF_VERSION \"{VERSION}\"\n");
    out += "/** How a call went: the values of wxkf_status. There may be new ones. */\nenum wxkf_code {\n";
    out += "    /** All went well. */\n    WXKF_OK = 0,\n";
    for code in Code::ALL {
        let constant = code.name().replace('.', "_").to_uppercase();
        let meaning = code.message(wxkf_core::Language::English);
        _ = writeln!(
            out,
            "    /** {}: {meaning}. */\n    WXKF_{constant} = {},",
            code.name(),
            code.number()
        );
    }
    out + "};"
}

const PREAMBLE: &str = "\
/**
 * @file wxkf.h
 * WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts: a protocol core without I/O.
 * GUIDE.md, beside this file in the repository, says the following with examples.
 *
 * - **Failures.** A function that can fail returns a wxkf_status: WXKF_OK, or the number of a code. On any other
 *   one no result is written and no record is changed, but for `error`: if that is not NULL, it gets JSON with
 *   `code`, `origin`, `message` and perhaps `field` and `detail`, to be freed. Do not show `detail` to a stranger.
 * - **Borrowed and owned.** A wxkf_bytes is borrowed, a wxkf_buf is yours until wxkf_buf_free, a handle until its
 *   own `_free`. What a function writes to is not read before, so a wxkf_buf that still owns something is lost:
 *   free it first. Results may share no memory with arguments.
 * - **Nothing.** NULL for a handle or a result that is wanted is WXKF_BINDING_ARGUMENT_INVALID, and so is a NULL
 *   `ptr` with a `len`. NULL with a `len` of 0 is no bytes, and nothing where a parameter may be absent. To free
 *   NULL is fine. Any other pointer has to be what its type says: that cannot be checked.
 * - **Threads.** There are no globals, no thread-locals and no callbacks. A handle may go to another thread.
 *   wxkf_account and wxkf_received may be used by any number of threads at once; all others by one at a time.
 * - **Times** are milliseconds since 1970, texts are UTF-8.
 * - **Faults.** No input makes the library crash; where memory runs out the process ends. Should a fault of ours end
 *   a call, it returns WXKF_BINDING_PANICKED: free the handles that were part of it, and use them no more.
 *
 * Made from bindings/c/src by `WXKF_UPDATE=1 cargo xtask c`; do not edit it.
 */";
