//! An account as people write it down: in a TOML file, in flags, in the environment, in JSON.

use core::time::Duration;

use serde::Deserialize;
use wxkf_core::{Account, AccountKind, Error, Mode};

/// The `account` object of the conformance protocol; a TOML file has the same fields.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountOptions {
    kind: Option<KindName>,
    app_id: Option<String>,
    token: Option<String>,
    encoding_aes_key: Option<String>,
    #[serde(default)]
    previous_encoding_aes_keys: Vec<String>,
    #[serde(default)]
    previous_tokens: Vec<String>,
    #[serde(default)]
    accept_ids: Vec<String>,
    mode: Option<ModeName>,
    tolerance_s: Option<u64>,
    max_body: Option<usize>,
}

#[derive(Clone, Copy, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum KindName {
    MiniProgram,
    OfficialAccount,
}

impl From<KindName> for AccountKind {
    fn from(kind: KindName) -> Self {
        match kind {
            KindName::MiniProgram => Self::MiniProgram,
            KindName::OfficialAccount => Self::OfficialAccount,
        }
    }
}

#[derive(Clone, Copy, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum ModeName {
    Compatible,
    Plain,
    Secure,
}

impl AccountOptions {
    pub(crate) fn account_kind(&self) -> Option<AccountKind> {
        self.kind.map(Into::into)
    }

    pub(crate) fn build(&self) -> Result<Account, Error> {
        let kind = self.account_kind().unwrap_or(AccountKind::OfficialAccount);
        let app_id = self.app_id.as_deref().unwrap_or_default();
        let token = self.token.as_deref().unwrap_or_default();
        let mut builder = Account::builder(kind, app_id, token);
        if let Some(key) = &self.encoding_aes_key {
            builder = builder.encoding_aes_key(key);
        }
        for key in &self.previous_encoding_aes_keys {
            builder = builder.previous_encoding_aes_key(key);
        }
        for token in &self.previous_tokens {
            builder = builder.previous_token(token);
        }
        for id in &self.accept_ids {
            builder = builder.accept_id(id);
        }
        if let Some(mode) = self.mode {
            builder = builder.mode(match mode {
                ModeName::Compatible => Mode::Compatible,
                ModeName::Plain => Mode::Plain,
                ModeName::Secure => Mode::Secure,
            });
        }
        if let Some(seconds) = self.tolerance_s {
            builder = builder.tolerance(Duration::from_secs(seconds));
        }
        if let Some(bytes) = self.max_body {
            builder = builder.max_body(bytes);
        }
        builder.build()
    }
}

/// Names that other surfaces and earlier versions had for a variable.
const RENAMED: &[(&str, &str)] = &[
    ("WX_APPID", "WXKF_APP_ID"),
    ("WX_TOKEN", "WXKF_TOKEN"),
    ("WX_AES_KEY", "WXKF_ENCODING_AES_KEY"),
    ("WXKF_KEY", "WXKF_ENCODING_AES_KEY"),
];

/// What to do if the variable is set under an old name.
fn renamed(variable: &str) -> Option<String> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let (old, _) = RENAMED.iter().find(|(old, new)| *new == variable && is_set(old))?;
    Some(format!("{old} is set, which is not read: its name is {variable}"))
}

/// Where the account of a command comes from. A flag or variable overrides the file.
#[derive(clap::Args)]
pub(crate) struct AccountArgs {
    /// TOML file with kind, app_id, token, encoding_aes_key, …
    #[arg(long, value_name = "FILE", env = "WXKF_ACCOUNT")]
    account: Option<std::path::PathBuf>,
    /// mini_program or official_account
    #[arg(long, value_enum, env = "WXKF_KIND")]
    kind: Option<KindName>,
    /// AppID, or the component appid of a third-party platform
    #[arg(long, env = "WXKF_APP_ID")]
    app_id: Option<String>,
    /// Callback token
    #[arg(long, env = "WXKF_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// EncodingAESKey, 43 characters
    #[arg(long, value_name = "KEY", env = "WXKF_ENCODING_AES_KEY", hide_env_values = true)]
    encoding_aes_key: Option<String>,
    /// secure unless given; without a key it has to be plain
    #[arg(long, value_enum, env = "WXKF_MODE")]
    mode: Option<ModeName>,
    /// A further id to accept inside sealed messages; may be repeated
    #[arg(long, value_name = "ID")]
    accept_id: Vec<String>,
    /// Refuse requests whose timestamp is further away than this
    #[arg(long, value_name = "SECONDS")]
    tolerance: Option<u64>,
}

impl AccountArgs {
    pub(crate) fn build(&self) -> Result<Account, String> {
        let mut options = match &self.account {
            None => AccountOptions::default(),
            Some(path) => {
                let show = |error: &dyn core::fmt::Display| format!("{}: {error}", path.display());
                let text = std::fs::read_to_string(path).map_err(|error| show(&error))?;
                // The message of a TOML error quotes the line, which may hold the key.
                toml::from_str(&text).map_err(|error: toml::de::Error| show(&error.message()))?
            }
        };
        options.kind = self.kind.or(options.kind);
        options.mode = self.mode.or(options.mode);
        options.tolerance_s = self.tolerance.or(options.tolerance_s);
        options.app_id = self.app_id.clone().or(options.app_id);
        options.token = self.token.clone().or(options.token);
        options.encoding_aes_key = self.encoding_aes_key.clone().or(options.encoding_aes_key);
        options.accept_ids.extend(self.accept_id.iter().cloned());
        // The library takes an absent kind and id at their word; here they were forgotten.
        let is_plain = matches!(options.mode, Some(ModeName::Plain));
        for (name, variable, is_missing) in [
            ("kind", "WXKF_KIND", options.kind.is_none()),
            ("app-id", "WXKF_APP_ID", options.app_id.is_none()),
            ("token", "WXKF_TOKEN", options.token.is_none()),
        ] {
            if is_missing {
                let hint = renamed(variable).map_or(String::new(), |hint| format!(" ({hint})"));
                return Err(format!(
                    "the account has no {name}: give --account FILE, --{name} or {variable}{hint}"
                ));
            }
        }
        // Without it the account would be another one than was meant.
        match renamed("WXKF_ENCODING_AES_KEY") {
            Some(hint) if options.encoding_aes_key.is_none() && !is_plain => return Err(hint),
            _ => {}
        }
        options.build().map_err(|error| format!("{error:?}"))
    }
}
