//! A whole conversation, played by both sides: the host around `wxkf-core`, and the model of WeChat.

mod callback;
mod conversation;
mod host;
mod stage;
mod world;

use std::io::{self, Write};

use wxkf_core::{Error, Language, Timestamp};
use wxkf_platform::{Platform, Setup};

use stage::Stage;
use world::World;

pub(crate) fn run(out: &mut dyn Write, language: Language) -> io::Result<()> {
    match play(Stage::new(out, language)) {
        Ok(()) => Ok(()),
        Err(Stop::Protocol(error)) => Err(io::Error::other(error)),
        Err(Stop::Script(reason)) => Err(io::Error::other(reason)),
        Err(Stop::Terminal(error)) => Err(error),
    }
}

/// Why the play ends before its end.
enum Stop {
    Protocol(Error),
    /// Something is not as the scenes tell it.
    Script(&'static str),
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

fn play(mut stage: Stage<'_>) -> Result<(), Stop> {
    stage.title("wxkf demo")?;
    stage.note(
        "Both sides of the wire in one process: no network, no account, and every byte is real.",
        "一个进程扮演通信双方：没有网络，不需要账号，每个字节都是真的。",
    )?;
    stage.legend()?;
    let setup = Setup::official_account().app_id(OFFICIAL_ACCOUNT).secret(SECRET);
    let mut world = World::new(stage, Platform::new(setup, SEED)?, START);
    callback::play(&mut world)?;
    let setup = Setup::mini_program().app_id(MINI_PROGRAM).secret(SECRET);
    world.wechat = Platform::new(setup, SEED)?;
    world.now = START;
    conversation::play(&mut world)?;
    world.stage.gap()?;
    world.stage.note(
        "Next: `wxkf explain --help` looks into a request of your own; README.md has the library.",
        "下一步：`wxkf explain --help` 可分析你自己的请求；代码库用法见 README.zh-CN.md。",
    )?;
    Ok(())
}

/// Configuration that exists only here.
const OFFICIAL_ACCOUNT: &str = "wx2f5b7c91d8e04a63";
const MINI_PROGRAM: &str = "wx8a30c4e7b6f1d295";
const SECRET: &str = "b1946ac92492d2347c6235b4d2611184";
const USER: &str = "oGZUI0egBJY1zhBYw2KhdUfwVJJE";
const START: Timestamp = Timestamp::from_secs(1_763_700_000);
/// Every run prints the same.
const SEED: u64 = 2026;
