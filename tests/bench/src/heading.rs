//! What a table must say beside its numbers to be of use later: versions, machine, command.

use std::{env, fs};

pub fn print() {
    let command: Vec<_> = env::args().skip(1).collect();
    println!("rustc    {}", env!("RUSTC_VERSION"));
    println!("openssl  {}", openssl::version::version());
    println!("cpu      {}", cpu().as_deref().unwrap_or("unknown"));
    println!(
        "command  cargo run --release --manifest-path tests/bench/Cargo.toml -- {}",
        command.join(" ")
    );
    if cfg!(debug_assertions) {
        println!("WARNING  a debug build: the numbers below mean nothing");
    }
}

fn cpu() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").ok()?;
    let value = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim())
    };
    let shown: Vec<_> = ["sha_ni", "vaes", "avx2", "avx512f"]
        .into_iter()
        .filter(|flag| value("flags").is_some_and(|flags| flags.split(' ').any(|f| f == *flag)))
        .collect();
    Some(format!("{} ({})", value("model name")?, shown.join(" ")))
}
