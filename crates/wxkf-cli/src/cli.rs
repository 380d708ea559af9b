//! Arguments in, exit code out.

use std::io::{BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use wxkf_core::{Format, Fresh, Language, Query, Reply, Timestamp};

use crate::options::AccountArgs;
use crate::request::RequestOptions;
use crate::stop::Stop;
use crate::{conform, demo, errcode, explain};

/// Look into, answer and explain WeChat customer-service callbacks and API calls.
#[derive(Parser)]
#[command(name = "wxkf", version, arg_required_else_help = true)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Watch a whole callback conversation, without any network or account
    Demo {
        #[command(flatten)]
        language: LanguageArg,
    },
    /// Verify, open and decode a push; prints it as JSON
    Receive {
        #[command(flatten)]
        account: AccountArgs,
        #[command(flatten)]
        request: RequestArgs,
    },
    /// Write the answer to a push
    Reply {
        #[command(flatten)]
        account: AccountArgs,
        #[command(flatten)]
        request: RequestArgs,
        /// The answer as JSON, such as {"type":"text","content":"…"}
        #[arg(
            long,
            value_name = "JSON",
            conflicts_with = "text",
            required_unless_present = "text"
        )]
        reply: Option<String>,
        /// The answer as plain text
        #[arg(long)]
        text: Option<String>,
    },
    /// Seal a message; prints the body, and with --push-to the query string to standard error
    Seal {
        #[command(flatten)]
        account: AccountArgs,
        /// The message; read from --message-file or standard input if absent
        #[arg(long)]
        message: Option<String>,
        /// A file with the message
        #[arg(long, value_name = "FILE", conflicts_with = "message")]
        message_file: Option<PathBuf>,
        /// The format of the document around it
        #[arg(long, value_enum, default_value = "xml")]
        format: FormatName,
        /// Write it as WeChat writes a push to this account (gh_…), not as an answer
        #[arg(long, value_name = "TO_USER_NAME")]
        push_to: Option<String>,
        /// The nonce
        #[arg(long, default_value = "wxkf")]
        nonce: String,
        #[command(flatten)]
        now: NowArg,
    },
    /// Verify and open a push; prints the message as it was sealed
    Open {
        #[command(flatten)]
        account: AccountArgs,
        #[command(flatten)]
        request: RequestArgs,
    },
    /// Say of a captured request what holds, what fails, and why
    Explain {
        #[command(flatten)]
        account: AccountArgs,
        #[command(flatten)]
        request: RequestArgs,
        /// Print the steps as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        language: LanguageArg,
    },
    /// Print the HTTP request of an API call; without a name, list all calls
    Request(RequestOptions),
    /// Say what a return code or a name of an error means and what to do about it; without one, list all
    Errcode {
        /// The code, or whatever holds it: an answer, a line of a log, several; - reads standard input
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        text: Vec<String>,
    },
    /// Answer the lines of the conformance protocol on standard input
    Conform,
}

/// A captured request.
#[derive(clap::Args)]
struct RequestArgs {
    /// The raw query string, or the whole URL
    #[arg(long, value_name = "QUERY", required_unless_present = "query_file")]
    query: Option<String>,
    /// A file with the query string or the URL on its first line
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    query_file: Option<PathBuf>,
    /// The body; read from --body-file or standard input if absent
    #[arg(long)]
    body: Option<String>,
    /// A file with the body
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    body_file: Option<PathBuf>,
    #[command(flatten)]
    now: NowArg,
}

#[derive(clap::Args)]
struct NowArg {
    /// The moment to assume, in seconds since 1970; the clock's unless given
    #[arg(long, value_name = "SECONDS")]
    now: Option<u64>,
}

#[derive(clap::Args)]
struct LanguageArg {
    /// The language to explain in; the locale's unless given
    #[arg(long, value_enum)]
    lang: Option<LanguageName>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageName {
    En,
    Zh,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Json,
    Xml,
}

impl RequestArgs {
    fn query(&self) -> Result<String, String> {
        let text = match (&self.query, &self.query_file) {
            (Some(query), _) => query.clone(),
            (None, file) => String::from_utf8(read(file.as_ref())?).map_err(show)?,
        };
        let line = text.lines().next().unwrap_or_default();
        let is_url = line.contains("://") || line.starts_with('/');
        Ok(match line.split_once('?') {
            Some((_, query)) if is_url => query.into(),
            _ => line.into(),
        })
    }

    fn body(&self, query: &str) -> Result<Vec<u8>, String> {
        // The check of the URL has no body; do not wait for one.
        let is_get = query.split('&').any(|pair| pair.starts_with("echostr="));
        match (&self.body, &self.body_file) {
            (Some(body), _) => Ok(body.clone().into_bytes()),
            (None, None) if is_get => Ok(Vec::new()),
            (None, file) => read(file.as_ref()),
        }
    }
}

impl NowArg {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn get(&self) -> Timestamp {
        self.now.map_or_else(
            || {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                let millis = since.unwrap_or_default().as_millis();
                Timestamp::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
            },
            Timestamp::from_secs,
        )
    }
}

impl LanguageArg {
    fn get(&self) -> Language {
        let is_chinese = self.lang.map_or_else(
            || {
                ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .iter()
                    .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
                    .is_some_and(|locale| locale.starts_with("zh"))
            },
            |lang| matches!(lang, LanguageName::Zh),
        );
        if is_chinese { Language::Chinese } else { Language::English }
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Json => Self::Json,
            FormatName::Xml => Self::Xml,
        }
    }
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(code) => code,
        // Whoever read our output has seen enough.
        Err(Stop::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(stop) => {
            anstream::eprintln!("wxkf: {stop}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Stop> {
    // Bytes go out as they are; only what is meant for eyes goes through `anstream`.
    let mut out = std::io::stdout().lock();
    match command {
        Command::Demo { language } => demo::run(&mut anstream::stdout(), language.get())?,
        Command::Receive { account, request } => {
            let account = account.build()?;
            let raw = request.query()?;
            let query = Query::parse(&raw)?;
            if query.is_url_verification() {
                let echo = account.verify_url(&query, request.now.get())?;
                out.write_all(&echo)?;
            } else {
                let body = request.body(&raw)?;
                let received = account.receive(&query, &body, request.now.get())?;
                let inbound = received.inbound();
                let shown = serde_json::json!({
                    "sealed": received.was_sealed(),
                    "format": inbound.format().name(),
                    "token_index": received.token_index(),
                    "key_index": received.key_index(),
                    "inbound": inbound,
                    "tree": inbound.tree(),
                });
                writeln!(out, "{shown:#}")?;
            }
        }
        Command::Reply { account, request, reply, text } => {
            let account = account.build()?;
            let raw = request.query()?;
            let query = Query::parse(&raw)?;
            let (body, now) = (request.body(&raw)?, request.now.get());
            let received = account.receive(&query, &body, now)?;
            let reply = match (reply, text) {
                (Some(json), _) => Reply::from_json(&json)?,
                (None, text) => Reply::text(text.unwrap_or_default()),
            };
            let answer = account.reply(&received, &reply, Fresh::new(random()?, now))?;
            if let Some(caution) = reply.caution() {
                eprintln!("wxkf: {}", caution.message(Language::English));
            }
            eprintln!("Content-Type: {}", answer.content_type);
            out.write_all(&answer.bytes)?;
        }
        Command::Seal { account, message, message_file, format, push_to, nonce, now } => {
            let account = account.build()?;
            let message = match message {
                Some(message) => message.into_bytes(),
                None => read(message_file.as_ref())?,
            };
            if !nonce.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(Stop::Failed("the nonce has letters and digits only".into()));
            }
            let seal = Fresh::new(random()?, now.get()).nonce(&nonce);
            let sealed = account.seal(&message, seal)?;
            let body = match push_to {
                Some(to) => {
                    let timestamp = sealed.timestamp().to_string();
                    eprintln!(
                        "signature={}&timestamp={timestamp}&nonce={nonce}&encrypt_type=aes\
                         &msg_signature={}",
                        account.sign(&timestamp, &nonce),
                        sealed.msg_signature()
                    );
                    sealed.to_push_body(format.into(), &to)
                }
                None => sealed.to_reply_body(format.into()),
            };
            writeln!(out, "{body}")?;
        }
        Command::Open { account, request } => {
            let account = account.build()?;
            let raw = request.query()?;
            let query = Query::parse(&raw)?;
            let body = request.body(&raw)?;
            let verified = account
                .envelope(&query, &body)
                .and_then(|envelope| envelope.verify(request.now.get()))?;
            out.write_all(verified.open()?.as_bytes())?;
        }
        Command::Explain { account, request, json, language } => {
            let account = account.build()?;
            let raw = request.query()?;
            let body = request.body(&raw)?;
            let found = wxkf_core::explain(&account, &raw, &body, request.now.get());
            if json {
                writeln!(out, "{:#}", serde_json::json!(found))?;
            } else {
                explain::print(&mut anstream::stdout(), &found, language.get())?;
            }
            if found.result.is_err() {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Request(options) => options.run(random()?, &mut out)?,
        Command::Errcode { text } => {
            let text = match text.join(" ") {
                text if text == "-" => String::from_utf8_lossy(&read(None)?).into_owned(),
                text => text,
            };
            if !errcode::run(&text, &mut anstream::stdout())? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Conform => {
            for line in std::io::stdin().lock().lines() {
                let line = line.map_err(show)?;
                writeln!(out, "{}", conform::answer(&line))?;
                out.flush()?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: Option<&PathBuf>) -> Result<Vec<u8>, String> {
    match file {
        Some(path) => std::fs::read(path).map_err(|error| format!("{}: {error}", path.display())),
        None => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(show)?;
            Ok(bytes)
        }
    }
}

fn random() -> Result<[u8; 16], String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(show)?;
    Ok(bytes)
}

fn show(error: impl core::fmt::Display) -> String {
    error.to_string()
}
