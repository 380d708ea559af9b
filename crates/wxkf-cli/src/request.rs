//! Requests of the platform's API, printed instead of sent.

use std::io::{self, Write};
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wxkf_core::Language;
use wxkf_core::api::{self, Auth, BASE_URL, ENDPOINTS, FileType, Request};

use crate::options::KindName;
use crate::stop::Stop;

/// What `wxkf request` is asked.
#[derive(clap::Args)]
pub(crate) struct RequestOptions {
    /// The call, such as message.custom.send; without one, all of them are listed
    name: Option<String>,
    /// Its parameters as JSON, in WeChat's own field names
    #[arg(long, value_name = "JSON")]
    params: Option<String>,
    /// A file with the parameters: what holds a secret should not be on the command line
    #[arg(long, value_name = "FILE", conflicts_with = "params")]
    params_file: Option<PathBuf>,
    /// The file to upload
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Check it as a call of this kind of account
    #[arg(long, value_enum)]
    kind: Option<KindName>,
    /// Print a curl command; it takes the token from the variable ACCESS_TOKEN
    #[arg(long)]
    curl: bool,
    /// Where the API is: a relay, or an emulator
    #[arg(long, value_name = "URL", default_value = BASE_URL)]
    base: String,
    /// Another path for the same call
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
}

impl RequestOptions {
    pub(crate) fn run(&self, random: [u8; 16], out: &mut impl Write) -> Result<(), Stop> {
        let Some(name) = &self.name else { return Ok(list(out)?) };
        let params = match (&self.params, &self.params_file) {
            (Some(params), _) => params.clone(),
            (None, Some(path)) => std::fs::read_to_string(path)
                .map_err(|error| format!("{}: {error}", path.display()))?,
            (None, None) => "{}".into(),
        };
        let params = match &self.file {
            Some(path) => with_file(&params, path, random)?,
            None => params,
        };
        let mut request = match self.kind {
            Some(kind) => api::request_for(name, &params, kind.into()),
            None => api::request(name, &params),
        }?;
        if let Some(path) = &self.path {
            request = request.with_path(path)?;
        }
        if let Some(caution) = request.caution() {
            anstream::eprintln!("wxkf: {}", caution.message(Language::English));
        }
        match self.curl {
            true => writeln!(out, "{}", self.curl_command(&request)?)?,
            false => self.http(&request, out)?,
        }
        Ok(())
    }

    /// The request as it goes over the wire, with a placeholder for the token.
    fn http(&self, request: &Request, out: &mut impl Write) -> io::Result<()> {
        let (_, rest) = self.base.split_once("://").unwrap_or(("", &self.base));
        let (host, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.trim_end_matches('/');
        let slash = if prefix.is_empty() { "" } else { "/" };
        let target = request.target("ACCESS_TOKEN");
        write!(out, "{} {slash}{prefix}{target} HTTP/1.1\r\n", request.method().name())?;
        write!(out, "Host: {host}\r\n")?;
        if let Some(content_type) = request.content_type() {
            write!(out, "Content-Type: {content_type}\r\n")?;
            write!(out, "Content-Length: {}\r\n", request.body().len())?;
        }
        write!(out, "\r\n")?;
        out.write_all(request.body())
    }

    fn curl_command(&self, request: &Request) -> Result<String, String> {
        let url = request.url(&self.base, "TOKEN");
        // The token comes from a variable, so that it is in no history of commands.
        let url = match (request.auth(), url.split_once("access_token=TOKEN")) {
            (Auth::None, _) | (_, None) => quoted(&url),
            (_, Some((before, after))) => {
                let rest = if after.is_empty() { String::new() } else { quoted(after) };
                format!("{}\"$ACCESS_TOKEN\"{rest}", quoted(&format!("{before}access_token=")))
            }
        };
        let mut command = format!("curl -X {} {url}", request.method().name());
        match (&self.file, request.content_type()) {
            (Some(path), Some(_)) => {
                let bytes =
                    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
                let mime = FileType::of(&bytes).map_or("", FileType::mime);
                let head = String::from_utf8_lossy(request.body());
                let filename =
                    head.split("filename=\"").nth(1).and_then(|name| name.split('"').next());
                // curl takes a path in double quotes for what it is.
                let path = path.display().to_string().replace('\\', r"\\").replace('"', "\\\"");
                let filename = filename.unwrap_or_default();
                let part = format!("media=@\"{path}\";filename={filename};type={mime}");
                command.push_str(&format!(" \\\n  -F {}", quoted(&part)));
            }
            (None, Some(content_type)) => {
                let body = core::str::from_utf8(request.body()).ok();
                let body = body.filter(|_| content_type.starts_with("application/json"));
                let body = body.ok_or("a file cannot be on a command line: give it with --file")?;
                let header = format!("Content-Type: {content_type}");
                command.push_str(&format!(" \\\n  -H {}", quoted(&header)));
                command.push_str(&format!(" \\\n  --data-binary {}", quoted(body)));
            }
            (_, None) => {}
        }
        Ok(command)
    }
}

/// Adds the file to the parameters.
fn with_file(params: &str, path: &PathBuf, random: [u8; 16]) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut params: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(params).map_err(|_| "the parameters are not a JSON object")?;
    params.insert("media_base64".into(), STANDARD.encode(bytes).into());
    if let (false, Some(name)) = (params.contains_key("filename"), path.file_name()) {
        params.insert("filename".into(), name.to_string_lossy().into());
    }
    let random = format!("{:032x}", u128::from_be_bytes(random));
    params.entry("random").or_insert_with(|| random.into());
    Ok(serde_json::Value::Object(params).to_string())
}

/// In single quotes, for every shell that has them.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn list(out: &mut impl Write) -> io::Result<()> {
    let width = ENDPOINTS.iter().map(|info| info.name.len()).max().unwrap_or_default();
    for info in ENDPOINTS {
        let fields: Vec<_> = info
            .fields
            .iter()
            .map(|field| match field.is_required {
                true => field.name.to_owned(),
                false => format!("[{}]", field.name),
            })
            .collect();
        let (name, method) = (info.name, info.method.name());
        writeln!(out, "{name:width$}  {method:4} {}  {}", info.path, fields.join(" "))?;
    }
    Ok(())
}
