//! The binary `wxkf`.

fn main() -> std::process::ExitCode {
    wxkf_cli::cli::main()
}
