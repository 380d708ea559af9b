//! A long random run: the same seed says the same, and what is said before a send is what it finds.

use alloc::format;
use alloc::string::String;
use core::time::Duration;

use fastrand::Rng;
use wxkf_core::{Format, Mode, Timestamp};

use crate::action::Action;
use crate::api::bench::Bench;
use crate::callback::PushAnswer;
use crate::faults::{Faults, Link};
use crate::setup::{Reading, Setup};

/// Everything that was said, as one number (FNV-1a).
struct Heard(u64);

impl Heard {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn action(rng: &mut Rng) -> Action<'static> {
    match rng.u8(0..10) {
        0 => Action::Enter("shop"),
        1 => Action::Scan("7"),
        2 => Action::Subscribe("qrscene_7"),
        3 => Action::TapMenu("k"),
        4 => Action::TapMenuMessage { id: "1", content: "Yes" },
        5 if rng.u8(0..4) == 0 => Action::Unsubscribe,
        5 => Action::View("https://a.example"),
        6 => Action::WriteImage,
        7 => Action::WriteCard { title: "Order", page_path: "p" },
        _ => Action::Write("你好"),
    }
}

fn play(setup: Setup, seed: u64) -> u64 {
    let mut heard = Heard(0xcbf2_9ce4_8422_2325);
    let mut bench = Bench::new(setup);
    let mut rng = Rng::with_seed(seed);
    let mut link = Link::new(Faults::NONE.loss(200).duplication(100).delay(0..=6000), seed);
    for _ in 0..3000 {
        let wait = [0, 1, 500, 20_000, 7 * 3_600_000][usize::from(rng.u8(..)) * 5 / 256];
        bench.now = bench.now.saturating_add(Duration::from_millis(rng.u64(0..=wait)));
        let (now, user) = (bench.now, ["a", "b", "c"][usize::from(rng.u8(0..3))]);
        match rng.u8(0..6) {
            0 => bench.platform.act(user, action(&mut rng), now),
            1 => {
                let expected = bench.platform.effective(user, now).count;
                let errcode = bench.platform.send(user, now);
                assert_eq!(errcode == 0, expected > 0, "{errcode}");
                let left = bench.platform.effective(user, now).count;
                assert_eq!(left, expected.saturating_sub(1));
                heard.bytes(&errcode.to_le_bytes());
            }
            2 => {
                let body =
                    format!(r#"{{"touser":"{user}","msgtype":"text","text":{{"content":"re"}}}}"#);
                heard.bytes(format!("{:?}", bench.say("message.custom.send", &body)).as_bytes());
            }
            3 => {
                let body = format!(r#"{{"touser":"{user}","command":"Typing"}}"#);
                let errcode = bench.say("message.custom.typing", &body);
                heard.bytes(format!("{errcode:?}").as_bytes());
            }
            4 => bench.fetch_token(),
            _ => {
                for attempt in bench.platform.attempts(now) {
                    heard.bytes(attempt.query.as_bytes());
                    heard.bytes(&attempt.body);
                    for arrival in link.carry(attempt.at) {
                        let answer = PushAnswer::Answered(b"success");
                        bench.platform.answer_push(attempt.id, answer, arrival);
                    }
                }
            }
        }
        heard.bytes(bench.token.as_bytes());
    }
    bench.now = bench.now.saturating_add(Duration::from_secs(60));
    bench.platform.attempts(bench.now);
    assert_eq!(bench.platform.next_deadline(), None);
    let stats = bench.platform.stats();
    assert_eq!(stats.pushes.checked_sub(stats.acknowledged), Some(stats.given_up));
    assert!(stats.given_up > 0 && stats.sent > 0 && stats.refused > 0, "{stats:?}");
    let chats: String =
        ["a", "b", "c"].map(|user| format!("{:?}", bench.platform.chat(user))).concat();
    heard.bytes(chats.as_bytes());
    for user in ["a", "b", "c"] {
        assert!(bench.platform.chat(user).is_sorted_by_key(|line| line.at));
    }
    heard.bytes(format!("{stats:?}").as_bytes());
    heard.0
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let setups = [
        Setup::mini_program().lateness(Duration::from_millis(700)),
        Setup::mini_program().mode(Mode::Compatible).reading(Reading::Refill).enter_punished(true),
        Setup::official_account().reading(Reading::Independent).format(Format::Json),
        Setup::official_account().mode(Mode::Plain),
    ];
    for setup in setups {
        assert_eq!(play(setup.clone(), 5), play(setup.clone(), 5));
        assert_ne!(play(setup.clone(), 5), play(setup, 6));
    }
}

#[test]
fn a_simulation_keeps_no_more_than_it_needs() {
    let mut bench = Bench::new(Setup::official_account().keep_chat(false));
    for _ in 0..10_000 {
        bench.now = bench.now.saturating_add(Duration::from_secs(1));
        bench.platform.act("u", Action::Write("hi"), bench.now);
        for attempt in bench.platform.attempts(bench.now) {
            bench.platform.answer_push(attempt.id, PushAnswer::Answered(b""), bench.now);
        }
        assert_eq!(bench.platform.send("u", bench.now), 0);
    }
    assert!(bench.platform.chat("u").is_empty() && bench.platform.finished_pushes().is_empty());
    assert_eq!(bench.platform.next_deadline(), None::<Timestamp>);
    assert_eq!(bench.platform.stats().acknowledged, 10_000);
}
