//! A whole callback conversation, played by both sides, every byte of it real.

use std::io::{self, Write};

use wxkf_core::{
    Account, AccountKind, Error, Format, HttpBody, Language, Query, Received, Reply, Seal,
    Timestamp, Verdict, explain,
};

use crate::paint::{BAD, BOLD, DIM, GOOD, IN, OUT, paint, shorten, step, wrap};

/// Configuration that exists only here.
const TOKEN: &str = "demoToken2026";
const KEY: &str = "wxkfDemoKeyWhoseLastCharacterHasStrayBits0C";
const OFFICIAL_ACCOUNT: (&str, &str) = ("wx2f5b7c91d8e04a63", "gh_5d1c0a7e93b2");
const MINI_PROGRAM: (&str, &str) = ("wx8a30c4e7b6f1d295", "gh_e8f74b20a61d");
const USER: &str = "oGZUI0egBJY1zhBYw2KhdUfwVJJE";
const START: u64 = 1_763_700_000;
const WIDTH: usize = 108;

/// WeChat's side of the wire, as far as a callback needs it: it seals and signs.
struct WeChat<'a> {
    account: &'a Account,
    to: &'a str,
    /// Random bytes, nonces and the clock all come from here, so that every run looks the same.
    count: u8,
}

struct Push {
    query: String,
    body: String,
    now: Timestamp,
}

impl WeChat<'_> {
    fn push(&mut self, format: Format, message: &str) -> Result<Push, Error> {
        self.count = self.count.wrapping_add(1);
        let now = Timestamp::from_secs(START.wrapping_add(u64::from(self.count) * 5));
        let nonce =
            u32::from(self.count).wrapping_mul(104_729).wrapping_add(1_320_562_132).to_string();
        let seal = Seal::new([self.count.wrapping_mul(37); 16], now).nonce(&nonce);
        let sealed = self.account.seal(message.as_bytes(), seal)?;
        let query = format!(
            "signature={}&timestamp={}&nonce={nonce}&openid={USER}&encrypt_type=aes&msg_signature={}",
            self.account.sign(&now.as_secs().to_string(), &nonce),
            now.as_secs(),
            sealed.msg_signature(),
        );
        Ok(Push { query, body: sealed.to_push_body(format, self.to), now })
    }
}

struct Stage<'o> {
    out: &'o mut dyn Write,
    language: Language,
    scene: u8,
}

impl Stage<'_> {
    fn say<'t>(&self, english: &'t str, chinese: &'t str) -> &'t str {
        if self.language == Language::Chinese { chinese } else { english }
    }

    fn scene(&mut self, english: &str, chinese: &str) -> io::Result<()> {
        self.scene = self.scene.wrapping_add(1);
        let title = self.say(english, chinese);
        writeln!(self.out, "\n{}", paint(BOLD, format!("── {}. {title} ──", self.scene)))
    }

    fn note(&mut self, english: &str, chinese: &str) -> io::Result<()> {
        let text = self.say(english, chinese);
        writeln!(self.out, "  {}", paint(DIM, text))
    }

    fn line(&mut self, mark: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "  {mark} {}", shorten(text, WIDTH))
    }

    fn arrives(&mut self, method: &str, query: &str, body: &str) -> io::Result<()> {
        let mark = paint(IN, "→");
        self.line(&mark, &format!("{method} /wechat?{query}"))?;
        if !body.is_empty() {
            self.line(&mark, &format!("{body}  ({} bytes)", body.len()))?;
        }
        Ok(())
    }

    fn checks(
        &mut self,
        account: &Account,
        query: &str,
        body: &[u8],
        now: Timestamp,
    ) -> io::Result<()> {
        let mut explanation = explain(account, query, body, now);
        // Facts are for failures; here they would only fill the screen.
        for found in &mut explanation.steps {
            if found.verdict != Verdict::Fails {
                found.facts.clear();
            }
        }
        for line in explanation.steps.iter().flat_map(|found| step(found, self.language)) {
            writeln!(self.out, "    {line}")?;
        }
        Ok(())
    }

    fn typed(&mut self, received: &Received) -> io::Result<()> {
        let inbound = serde_json::to_string(received.inbound()).unwrap_or_default();
        // All of it: this is what the host gets.
        for (index, line) in wrap(&inbound, WIDTH).iter().enumerate() {
            let mark = if index == 0 { paint(GOOD, "≡") } else { " ".into() };
            writeln!(self.out, "  {mark} {line}")?;
        }
        Ok(())
    }

    fn answers(&mut self, answer: &HttpBody) -> io::Result<()> {
        let body = String::from_utf8_lossy(&answer.bytes);
        let line = format!("200 {}  {body}  ({} bytes)", answer.content_type, answer.bytes.len());
        self.line(&paint(OUT, "←"), &line)
    }

    /// What WeChat finds when it opens the answer.
    fn opened(&mut self, account: &Account, answer: &HttpBody, now: Timestamp) -> io::Result<()> {
        let opened = open_answer(account, answer, now).unwrap_or_default();
        let label = self.say("inside", "内容");
        let line = format!("{label}: {}", String::from_utf8_lossy(&opened).replace('\n', "⏎"));
        for line in wrap(&line, WIDTH) {
            writeln!(self.out, "    {}", paint(DIM, line))?;
        }
        Ok(())
    }

    fn refused(&mut self, result: Result<Received, Error>) -> io::Result<()> {
        let verdict = match result {
            Ok(_) => self.say("accepted?!", "被接受？！").to_owned(),
            Err(error) => {
                let code = error.code();
                format!(
                    "{} {code} — {}",
                    self.say("refused:", "拒绝："),
                    code.message(self.language)
                )
            }
        };
        self.line(&paint(BAD, "✗"), &verdict)
    }
}

/// Opens an answer as a push is opened: the four values stand in the body instead of the query.
fn open_answer(account: &Account, answer: &HttpBody, now: Timestamp) -> Option<Vec<u8>> {
    let sealed = wxkf_core::Inbound::decode_unverified(&answer.bytes).ok()?;
    let query = format!(
        "timestamp={}&nonce={}&msg_signature={}",
        sealed.field("TimeStamp")?,
        sealed.field("Nonce")?,
        sealed.field("MsgSignature")?
    );
    let query = Query::parse(&query).ok()?;
    let verified = account.envelope(&query, &answer.bytes).ok()?.verify(now).ok()?;
    Some(verified.open().ok()?.into_bytes())
}

pub(crate) fn run(out: &mut dyn Write, language: Language) -> io::Result<()> {
    let stage = &mut Stage { out, language, scene: 0 };
    play(stage)?.map_err(io::Error::other)
}

/// The outer result is about the terminal, the inner one about the protocol.
fn play(stage: &mut Stage<'_>) -> io::Result<Result<(), Error>> {
    let account = |kind, id: &str| Account::builder(kind, id, TOKEN).encoding_aes_key(KEY).build();
    let accounts = account(AccountKind::OfficialAccount, OFFICIAL_ACCOUNT.0)
        .and_then(|official| Ok((official, account(AccountKind::MiniProgram, MINI_PROGRAM.0)?)));
    let (official, mini) = match accounts {
        Ok(accounts) => accounts,
        Err(error) => return Ok(Err(error)),
    };
    writeln!(stage.out, "{}", paint(BOLD, "wxkf demo"))?;
    stage.note(
        "Both sides of the wire in one process: no network, no account, and every byte is real.",
        "一个进程扮演通信双方：没有网络，不需要账号，每个字节都是真的。",
    )?;
    let line = format!(
        "{} →   {} ✓   {} ≡   {} ←",
        stage.say("request", "请求"),
        stage.say("check", "检查"),
        stage.say("typed message", "解析结果"),
        stage.say("answer", "应答")
    );
    stage.note(&line, &line)?;

    let mut wechat = WeChat { account: &official, to: OFFICIAL_ACCOUNT.1, count: 0 };
    let result = (|| {
        verify_url(stage, &official)?;
        let push = text_push(stage, &official, &mut wechat)?;
        let mut other = WeChat { account: &mini, to: MINI_PROGRAM.1, count: 40 };
        mini_program_push(stage, &mini, &mut other)?;
        event_push(stage, &mini, &mut other)?;
        forged_pushes(stage, &official, &push)?;
        retried_push(stage, &official, &mut wechat)
    })();
    match result {
        Ok(()) => {}
        Err(Stop::Terminal(error)) => return Err(error),
        Err(Stop::Protocol(error)) => return Ok(Err(error)),
    }
    writeln!(stage.out)?;
    stage.note(
        "Next: `wxkf explain --help` looks into a request of your own; README.md has the library.",
        "下一步：`wxkf explain --help` 可分析你自己的请求；代码库用法见 README.zh-CN.md。",
    )?;
    Ok(Ok(()))
}

enum Stop {
    Protocol(Error),
    Terminal(io::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Protocol(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

fn verify_url(stage: &mut Stage<'_>, account: &Account) -> Result<(), Stop> {
    stage.scene("The console saves the URL: WeChat checks it", "后台保存 URL：微信发起验证")?;
    let now = Timestamp::from_secs(START);
    let (timestamp, nonce) = (START.to_string(), "486452656");
    let query = format!(
        "signature={}&timestamp={timestamp}&nonce={nonce}&echostr=4375120948345356249",
        account.sign(&timestamp, nonce)
    );
    stage.arrives("GET", &query, "")?;
    stage.checks(account, &query, b"", now)?;
    let echo = Query::parse(&query)?;
    let bytes = account.verify_url(&echo, now)?;
    stage
        .line(&paint(OUT, "←"), &format!("200 text/plain  {}", String::from_utf8_lossy(&bytes)))?;
    Ok(())
}

/// A push on its way in: the bytes, the checks, the message.
fn receive(stage: &mut Stage<'_>, account: &Account, push: &Push) -> Result<Received, Stop> {
    stage.arrives("POST", &push.query, &push.body)?;
    stage.checks(account, &push.query, push.body.as_bytes(), push.now)?;
    let received = account.receive(&Query::parse(&push.query)?, push.body.as_bytes(), push.now)?;
    stage.typed(&received)?;
    Ok(received)
}

fn text_push(
    stage: &mut Stage<'_>,
    account: &Account,
    wechat: &mut WeChat<'_>,
) -> Result<Push, Stop> {
    stage.scene("A sealed XML push: somebody writes", "密文 XML 推送：用户发来文本")?;
    let message = format!(
        "<xml><ToUserName><![CDATA[{}]]></ToUserName><FromUserName><![CDATA[{USER}]]></FromUserName>\
         <CreateTime>{START}</CreateTime><MsgType><![CDATA[text]]></MsgType>\
         <Content><![CDATA[你好，请问 3]]]]><![CDATA[> 怎么写？ 😀]]></Content>\
         <MsgId>23241477706429916</MsgId></xml>",
        OFFICIAL_ACCOUNT.1
    );
    let push = wechat.push(Format::Xml, &message)?;
    let received = receive(stage, account, &push)?;
    let reply = Reply::text("您好！CDATA 里的 ]]> 会被拆成两段。\n— wxkf");
    let answer = account.reply(&received, &reply, Seal::new([7; 16], push.now))?;
    stage.answers(&answer)?;
    stage.opened(account, &answer, push.now)?;
    Ok(push)
}

fn mini_program_push(
    stage: &mut Stage<'_>,
    account: &Account,
    wechat: &mut WeChat<'_>,
) -> Result<(), Stop> {
    stage.scene(
        "A sealed JSON push of a mini program: handed to the human agents",
        "小程序密文 JSON 推送：转人工客服",
    )?;
    let message = format!(
        r#"{{"ToUserName":"{}","FromUserName":"{USER}","CreateTime":{START},"MsgType":"miniprogrampage","MsgId":23241477706429917,"Title":"订单 #1024","AppId":"{}","PagePath":"pages/order?id=1024","ThumbUrl":"https:\/\/mmbiz.qpic.cn\/0","ThumbMediaId":"tQm"}}"#,
        MINI_PROGRAM.1, MINI_PROGRAM.0
    );
    let push = wechat.push(Format::Json, &message)?;
    let received = receive(stage, account, &push)?;
    let reply = Reply::TransferCustomerService { kf_account: None };
    let answer = account.reply(&received, &reply, Seal::new([8; 16], push.now))?;
    stage.answers(&answer)?;
    stage.opened(account, &answer, push.now)?;
    Ok(())
}

fn event_push(
    stage: &mut Stage<'_>,
    account: &Account,
    wechat: &mut WeChat<'_>,
) -> Result<(), Stop> {
    stage.scene("An event: the user opens the chat", "事件推送：用户进入客服会话")?;
    let message = format!(
        r#"{{"ToUserName":"{}","FromUserName":"{USER}","CreateTime":"{START}","MsgType":"event","Event":"user_enter_tempsession","SessionFrom":"pages/order?id=1024"}}"#,
        MINI_PROGRAM.1
    );
    let push = wechat.push(Format::Json, &message)?;
    let received = receive(stage, account, &push)?;
    stage.note(
        "A mini program cannot answer with a text here; it says success and writes through the API.",
        "小程序不能在这里回复文本：先应答 success，再通过接口发送。",
    )?;
    let text = account.reply(&received, &Reply::text("hi"), Seal::new([9; 16], push.now));
    if let Err(error) = text {
        let line = format!("{} — {}", error.code(), error.detail().unwrap_or_default());
        stage.line(&paint(BAD, "✗"), &line)?;
    }
    let answer = account.reply(&received, &Reply::Success, Seal::new([9; 16], push.now))?;
    stage.answers(&answer)?;
    Ok(())
}

fn forged_pushes(stage: &mut Stage<'_>, account: &Account, push: &Push) -> Result<(), Stop> {
    stage.scene("Forgeries are refused", "伪造的推送被拒绝")?;
    stage.note("One character of the ciphertext is changed:", "改动密文中的一个字符：")?;
    let mark = "Encrypt><![CDATA[";
    let (before, after) = push.body.split_once(mark).unwrap_or_default();
    let swapped = if after.starts_with('A') { "B" } else { "A" };
    let forged = format!("{before}{mark}{swapped}{}", after.get(1..).unwrap_or_default());
    stage.arrives("POST", &push.query, &forged)?;
    stage.checks(account, &push.query, forged.as_bytes(), push.now)?;
    stage.refused(account.receive(&Query::parse(&push.query)?, forged.as_bytes(), push.now))?;
    stage.note(
        "The seal is left out, and the text written in the clear:",
        "去掉密文，直接写明文：",
    )?;
    let plain = format!(
        "<xml><ToUserName>{}</ToUserName><FromUserName>{USER}</FromUserName><CreateTime>{START}\
         </CreateTime><MsgType>text</MsgType><Content>transfer all</Content><MsgId>1</MsgId></xml>",
        OFFICIAL_ACCOUNT.1
    );
    stage.arrives("POST", &push.query, &plain)?;
    stage.checks(account, &push.query, plain.as_bytes(), push.now)?;
    stage.refused(account.receive(&Query::parse(&push.query)?, plain.as_bytes(), push.now))?;
    Ok(())
}

fn retried_push(
    stage: &mut Stage<'_>,
    account: &Account,
    wechat: &mut WeChat<'_>,
) -> Result<(), Stop> {
    stage.scene(
        "No answer within five seconds: WeChat pushes again",
        "五秒内未应答：微信重试同一推送",
    )?;
    let message = format!(
        "<xml><ToUserName>{}</ToUserName><FromUserName>{USER}</FromUserName><CreateTime>{START}\
         </CreateTime><MsgType>text</MsgType><Content>在吗</Content><MsgId>23241477706429918</MsgId></xml>",
        OFFICIAL_ACCOUNT.1
    );
    for _ in 0..3 {
        let push = wechat.push(Format::Xml, &message)?;
        let query = Query::parse(&push.query)?;
        let received = account.receive(&query, push.body.as_bytes(), push.now)?;
        stage.arrives("POST", "…", &push.body)?;
        let key = received.inbound().dedupe_key().to_string();
        stage.line("  dedupe_key", &key)?;
    }
    stage.note(
        "Other bytes each time, the same key: handle it once, answer all alike.",
        "每次的字节都不同，但去重键相同：只处理一次，每次给出同样的应答。",
    )?;
    Ok(())
}
