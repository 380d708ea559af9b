//! The pages in `docs`, and other files, that are made from the tables of the core.

use wxkf_core::Language;
use wxkf_core::api::{
    Accounts, Auth, ENDPOINTS, Errcode, Form, MESSAGE_TYPES, Param, RejectionKind, Rule, Size,
};

use crate::typescript;

/// A page: its path in the repository, and what has to stand in it.
pub type Page = (&'static str, fn() -> String);

/// Every page.
pub const PAGES: &[Page] = &[
    ("docs/endpoints.md", endpoints),
    ("docs/errcodes.md", errcodes),
    ("bindings/wasm/npm/src/generated/constants.ts", typescript::constants),
    ("bindings/wasm/npm/src/generated/types.ts", typescript::types),
    ("bindings/wasm/npm/src/generated/texts.ts", typescript::texts),
];

const NOTE: &str = "<!-- Made from the tables of wxkf-core by `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`. -->";

fn endpoints() -> String {
    let mut page = format!(
        "{NOTE}\n\n# Calls\n\n\
         Every call of the API that `wxkf-core` makes, checks and reads. The names are those of\n\
         `api::request`, `wxkf request` and every binding: the path without `/cgi-bin/` or the leading slash, with\n\
         dots. `?` marks what may be left out. The pages were read on 2026-11-21.\n\n\
         | call | request | accounts | token | parameters | limits | page |\n\
         |---|---|---|---|---|---|---|\n"
    );
    for info in ENDPOINTS {
        let token = match info.auth {
            Auth::AccessToken => "access",
            Auth::ComponentToken => "component",
            _ => "none",
        };
        page += &row(&[
            &format!("`{}`", info.name),
            &format!("{} `{}`", info.method.name(), info.path),
            accounts(info.accounts),
            token,
            &fields(info.fields),
            info.limits(),
            &format!("[page]({})", info.source()),
        ]);
    }
    page += "\n## Messages\n\n\
             The object beside `msgtype` in `message.custom.send`, under the same name. A `msgtype` that is not\n\
             listed is sent as it is given.\n\n\
             | msgtype | accounts | fields |\n|---|---|---|\n";
    for kind in MESSAGE_TYPES {
        let name = format!("`{}`", kind.name);
        page += &row(&[&name, accounts(kind.accounts), &fields(kind.fields)]);
    }
    page
}

fn accounts(accounts: Accounts) -> &'static str {
    match accounts {
        Accounts::Both => "mini program, official account",
        Accounts::MiniProgram => "mini program",
        Accounts::OfficialAccount => "official account",
        Accounts::ThirdParty => "third-party platform",
        _ => panic!("accounts without a name"),
    }
}

fn fields(fields: &[Param]) -> String {
    let shown = fields.iter().map(|field| {
        let mark = if field.is_required { "" } else { "?" };
        let rule = rule(&field.rule);
        let rule = if rule.is_empty() { rule } else { format!(": {rule}") };
        format!("`{}`{mark}{rule}", field.name)
    });
    shown.collect::<Vec<_>>().join("<br>")
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Any => "any object".into(),
        Rule::Bool => "true or false".into(),
        Rule::Bytes => "the file, base64".into(),
        Rule::Id => "text or whole number".into(),
        Rule::Int(least, i64::MAX) => format!("from {least}"),
        Rule::Int(least, most) => format!("{least} to {most}"),
        Rule::Label => "text, or whole number, which is sent as a text".into(),
        Rule::List(inside, 1, 1) => format!("list of exactly one ({})", within(inside)),
        Rule::List(inside, least, usize::MAX) => {
            format!("list of at least {least} ({})", within(inside))
        }
        Rule::List(inside, least, most) => {
            format!("list of {least} to {most} ({})", within(inside))
        }
        Rule::Media([]) => "permanent material".into(),
        Rule::Media(kinds) => {
            let names: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
            format!("media: {}", names.join(", "))
        }
        Rule::Object(inside) => format!("object ({})", within(inside)),
        Rule::OneOf(choices) => {
            let quoted: Vec<_> = choices.iter().map(|choice| format!("`{choice}`")).collect();
            quoted.join(" or ")
        }
        Rule::Text(size, form) => {
            let form = match form {
                Form::AccountName => "letters, digits, `_`",
                Form::Any | Form::Pasted | Form::Text | Form::Word => "",
                Form::AppId => "AppID",
                Form::CgiPath => "path from `/`",
                Form::KfAccount => "up to 10 letters, digits, `_`; `@`; WeChat id of up to 30",
                Form::Random => "32 hexadecimal digits",
                Form::Rid => "as in an errmsg",
                _ => panic!("a form without a name"),
            };
            let size = match size {
                Size::Any => String::new(),
                Size::Chars(least, most) => format!("{least} to {most} characters"),
                Size::Columns(least, most) => {
                    format!("{least} to {most}, a Chinese character counts twice")
                }
                _ => panic!("a size without a name"),
            };
            let parts = [form, &size].map(String::from).into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        }
        _ => panic!("a rule without a name"),
    }
}

fn within(inside: &[Param]) -> String {
    fields(inside).replace("<br>", ", ")
}

fn errcodes() -> String {
    let mut page = format!(
        "{NOTE}\n\n# Return codes · 返回码\n\n\
         What the platform's return codes mean for customer-service messages, and what to do about them. The kind is\n\
         `Rejection::kind()`. `wxkf errcode CODE` says the same in a terminal.\n\n\
         客服消息相关返回码的含义与处理办法。“kind” 即 `Rejection::kind()`；终端中可用 `wxkf errcode 返回码` 查询。\n\n\
         ## Kinds · 分类\n\n| kind | what to do | 处理办法 |\n|---|---|---|\n"
    );
    for kind in RejectionKind::ALL {
        let name = format!("`{}`", kind.name());
        page += &row(&[&name, kind.advice(Language::English), kind.advice(Language::Chinese)]);
    }
    page += "\n## Codes · 返回码\n\n\
             | code | kind | meaning | what to do | 含义 | 处理办法 |\n|---|---|---|---|---|---|\n";
    for code in Errcode::ALL {
        page += &row(&[
            &code.code().to_string(),
            &code.kind().map_or("ok".into(), |kind| format!("`{}`", kind.name())),
            code.meaning(Language::English),
            code.advice(Language::English),
            code.meaning(Language::Chinese),
            code.advice(Language::Chinese),
        ]);
    }
    page
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}
