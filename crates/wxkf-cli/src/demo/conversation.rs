//! A conversation of a mini program, from the first token to what the user saw.

use core::time::Duration;

use wxkf_core::api::{Outcome, SendMessage};
use wxkf_core::{Outbound, Policy, Received, Reply};
use wxkf_platform::{Action, Attempt, Speaker, Stats};

use super::host::{Host, Store};
use super::world::{World, brief, span};
use super::{MINI_PROGRAM, SECRET, START, Stop, USER};

pub(super) fn play(world: &mut World<'_>) -> Result<(), Stop> {
    let mut host = start(Store::default(), world)?;
    token(&mut host, world)?;
    repeat(&mut host, world)?;
    typing(&mut host, world)?;
    messages(&mut host, world)?;
    let mut host = restart(host, world)?;
    dead_token(&mut host, world)?;
    sixth(&mut host, world)?;
    window(&mut host, world)?;
    seen(world)
}

fn start(store: Store, world: &World<'_>) -> Result<Host, Stop> {
    let account = world.wechat.setup().account()?;
    Ok(Host::new(account, MINI_PROGRAM, SECRET, Policy::mini_program(), store))
}

fn token(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("A mini program: the first access token", "小程序：第一个 access_token")?;
    world.stage.note(
        "TokenKeeper says what to do, and the host does it. Long words are shown by their beginning.",
        "TokenKeeper 决定做什么，由服务器去做。较长的值只显示开头。",
    )?;
    let token = host.token(world)?;
    world.stage.does(&format!("TokenKeeper: Use {}", brief(token.expose())))?;
    Ok(())
}

fn repeat(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene(
        "The user writes, the host is slow, and WeChat pushes again",
        "用户发来消息，服务器应答太慢，微信重试推送",
    )?;
    let text = world.stage.say("Where is my order?", "我的订单到哪了？");
    let first = world.act(Action::Write(text))?;
    let received = receive(host, &first, world)?;
    if host.observe(&received, world)?.since().is_some() {
        return Err(Stop::Script("the first push is taken for a repeat"));
    }
    world.pass(FIVE_SECONDS, "5 s later, still without an answer", "5 秒过去，仍未应答")?;
    let second = world.push()?;
    let received = receive(host, &second, world)?;
    let _ = host.observe(&received, world)?;
    host.answer(&second, &received, &Reply::Success, world)?;
    world.stage.note(
        "Other bytes, the same key: it is handled once. The real answer follows through the API.",
        "字节不同，去重键相同：只处理一次。真正的回复随后通过接口发送。",
    )?;
    Ok(())
}

fn typing(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("The user sees that somebody is typing", "用户看到“对方正在输入”")?;
    host.start_typing(USER, world)?;
    world.pass(
        Duration::from_secs(3),
        "3 s later, once more: WeChat would answer 45081, so no request is made",
        "3 秒后，再来一次：微信会返回 45081，因此不发出请求",
    )?;
    host.start_typing(USER, world)
}

fn messages(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("Messages go out, and each is counted", "消息逐条发出，逐条计数")?;
    world.stage.note(
        "A message of the user allows five in 48 hours. WeChat's own number is between the two bounds.",
        "用户发一条消息后，48 小时内可下发 5 条。微信的实际余量介于两个界限之间。",
    )?;
    for (english, chinese) in MESSAGES {
        let text = world.stage.say(english, chinese);
        host.send(USER, text, world)?;
    }
    Ok(())
}

fn restart(host: Host, world: &mut World<'_>) -> Result<Host, Stop> {
    world.stage.scene("The host restarts", "服务器重启")?;
    let store = host.stop();
    let user = store.conversations.get(USER).map_or(0, Vec::len);
    let token = store.token.as_ref().map_or(0, Vec::len);
    world.stage.note(
        &format!("What stays is in the store: {user} bytes for the user, {token} for the token."),
        &format!("存储里留下的：该用户 {user} 字节，token {token} 字节。"),
    )?;
    let host = start(store, world)?;
    let allowance = host.allowance(USER, world)?;
    world.stage.does(&format!("restore: {allowance}"))?;
    Ok(host)
}

fn dead_token(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("The token dies between two messages", "两条消息之间，access_token 失效")?;
    world.wechat.kill_token(world.now);
    let text = world.stage.say("Due on Friday.", "周五送达。");
    host.send(USER, text, world)?;
    world.stage.note(
        "A plain fetch answers the dead one again: the next is forced. 40001 costs nothing: still #4.",
        "普通获取仍返回失效的 token，下一次便强制刷新。40001 不消耗条数：仍是预留 #4。",
    )?;
    Ok(())
}

fn sixth(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("The fifth message, and a sixth", "第五条消息，以及第六条")?;
    let text = world.stage.say("Anything else?", "还有其他问题吗？");
    host.send(USER, text, world)?;
    let text = world.stage.say("Good night.", "晚安。");
    host.send(USER, text, world)?;
    world.stage.note(
        "No request has left. Was that right? This one leaves without asking:",
        "没有发出任何请求。判断对吗？这一次不问状态，直接发送：",
    )?;
    let sixth = host.call(&SendMessage::new(USER, Outbound::text(text)), world)?;
    let Outcome::Rejected(rejection) = sixth else {
        return Err(Stop::Script("the platform takes a sixth message"));
    };
    let (kind, language) = (rejection.kind(), world.stage.language());
    let advice = rejection.advice(language);
    world.stage.refuses(&format!("{} {}: {advice}", rejection.errcode, kind.name()))?;
    Ok(())
}

fn window(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene(
        "The user opens the chat: two messages, for one minute",
        "用户进入会话：一分钟内可下发两条",
    )?;
    world.pass(HOUR, "an hour later", "一小时后")?;
    enter(host, world)?;
    world.stage.note(
        "WeChat's rule can be read in several ways: two are safe to promise, five are worth a try.",
        "微信的规则有多种解读：2 条可以放心承诺，5 条值得一试。",
    )?;
    world.pass(THREE_DAYS, "three days later, once more", "三天后，再次进入")?;
    enter(host, world)?;
    let text = world.stage.say("Welcome back!", "欢迎回来！");
    host.send(USER, text, world)?;
    world.pass(MINUTE, "a minute later", "一分钟后")?;
    host.send(USER, text, world)?;
    let text = world.stage.say("It is here!", "收到货了！");
    let attempt = world.act(Action::Write(text))?;
    take(host, &attempt, world)
}

/// The user opens the chat. A mini program cannot write in the answer to a push.
fn enter(host: &mut Host, world: &mut World<'_>) -> Result<(), Stop> {
    let attempt = world.act(Action::Enter("pages/order?id=1024"))?;
    take(host, &attempt, world)
}

/// A push is received, noted, and answered at once.
fn take(host: &mut Host, attempt: &Attempt, world: &mut World<'_>) -> Result<(), Stop> {
    let received = receive(host, attempt, world)?;
    let _ = host.observe(&received, world)?;
    host.answer(attempt, &received, &Reply::Success, world)
}

fn receive(host: &Host, attempt: &Attempt, world: &mut World<'_>) -> Result<Received, Stop> {
    let received = host.receive(attempt, world)?;
    let inbound = received.inbound();
    let text = inbound.field("Content").map(|text| format!(" {text:?}")).unwrap_or_default();
    let (kind, key) = (inbound.kind(), inbound.dedupe_key());
    world.stage.reads(&format!("{kind}{text}, dedupe_key {key}"))?;
    Ok(received)
}

fn seen(world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("What the user saw", "用户看到的会话")?;
    let World { stage, wechat, .. } = world;
    for line in wechat.chat(USER) {
        let speaker = match line.speaker {
            Speaker::User => stage.say("user", "用户"),
            _ => stage.say("host", "客服"),
        };
        let text =
            if line.msg_type == "event" { format!("[{}]", line.text) } else { line.text.clone() };
        let time = format!("+{}", span(line.at, START));
        stage.plain(&format!("{time:>6}  {speaker}  {text}"))?;
    }
    let Stats { pushes, attempts, calls, sent, refused, .. } = wechat.stats();
    stage.note(
        &format!(
            "{pushes} pushes in {attempts} attempts; {calls} calls, {sent} messages sent, {refused} refused."
        ),
        &format!("推送 {pushes} 次（含重试共 {attempts} 次）；接口调用 {calls} 次，发出消息 {sent} 条，被拒 {refused} 条。"),
    )?;
    Ok(())
}

const MESSAGES: [(&str, &str); 3] =
    [("Hello!", "您好！"), ("It left today.", "今天已发货。"), ("By courier.", "顺丰快递。")];
const FIVE_SECONDS: Duration = Duration::from_secs(5);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const THREE_DAYS: Duration = Duration::from_secs(3 * 24 * 3600);
