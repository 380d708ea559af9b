//! The half of the platform that is called: one table of calls, and what each of them does.

mod agents;
#[cfg(test)]
pub(crate) mod bench;
mod call;
mod errmsg;
mod files;
mod journal;
mod ops;
mod records;
mod send;
mod sessions;
mod token;

use alloc::format;

use wxkf_core::{AccountKind, Timestamp};

pub use call::{Answer, Call};

use crate::platform::Platform;
use errmsg::errmsg;

use Accounts::{Both, MiniProgram, Nobody, OfficialAccount};

/// A row of the table of calls.
pub(crate) struct Route {
    method: &'static str,
    path: &'static str,
    accounts: Accounts,
    auth: Auth,
    /// So many calls a day; where no page names a number, a large one.
    pub(crate) daily: u64,
    run: fn(&mut Platform, &Call<'_>, Timestamp) -> Result<Answer, i64>,
}

/// Who may make a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accounts {
    Both,
    MiniProgram,
    /// Nobody here: it takes a category or a contract that these accounts do not have.
    Nobody,
    OfficialAccount,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Auth {
    Account,
    Component,
    None,
}

impl Platform {
    /// A call of the API, answered as the platform words it. The status is always 200; what is wrong
    /// stands in `errcode`.
    pub fn call(&mut self, call: &Call<'_>, now: Timestamp) -> Answer {
        self.stats.calls = self.stats.calls.saturating_add(1);
        self.dispatch(call, now).unwrap_or_else(|errcode| {
            let [one, two] = [self.rng.u32(..), self.rng.u32(..)];
            let rid = format!("{:08x}-{one:08x}-{two:08x}", now.as_secs());
            let answer = Answer::refused(errcode, &format!("{} rid: {rid}", errmsg(errcode)));
            self.journal.note(rid, journal::request(call, &answer, now), now);
            answer
        })
    }

    fn dispatch(&mut self, call: &Call<'_>, now: Timestamp) -> Result<Answer, i64> {
        let mut same_path = ROUTES.iter().filter(|route| route.path == call.path).peekable();
        let Some(first) = same_path.peek().copied() else { return Err(UNKNOWN_PATH) };
        let route = same_path
            .find(|route| route.method == call.method)
            .ok_or(if first.method == GET { GET_REQUIRED } else { POST_REQUIRED })?;
        if route.auth != Auth::None {
            let named = call.parameter("access_token");
            let token = named.or_else(|| call.parameter("component_access_token"));
            let token = token.filter(|token| !token.is_empty()).ok_or(TOKEN_MISSING)?;
            match route.auth {
                Auth::Component => self.tokens.check_component(&token, now)?,
                _ => self.tokens.check(&token, now)?,
            }
        }
        let is_allowed = match route.accounts {
            Both => true,
            MiniProgram => self.setup.kind == AccountKind::MiniProgram,
            Nobody => false,
            OfficialAccount => self.setup.kind == AccountKind::OfficialAccount,
        };
        if !is_allowed {
            return Err(UNAUTHORIZED);
        }
        self.counters.count(route.path, route.daily, now)?;
        (route.run)(self, call, now)
    }
}

/// The call with this path.
pub(crate) fn route(path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.path == path)
}

const fn row(
    method: &'static str,
    path: &'static str,
    accounts: Accounts,
    run: fn(&mut Platform, &Call<'_>, Timestamp) -> Result<Answer, i64>,
) -> Route {
    Route { method, path, accounts, auth: Auth::Account, daily: MANY, run }
}

impl Route {
    const fn daily(mut self, daily: u64) -> Self {
        self.daily = daily;
        self
    }

    const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }
}

fn refuse(_: &mut Platform, _: &Call<'_>, _: Timestamp) -> Result<Answer, i64> {
    Err(UNAUTHORIZED)
}

const GET: &str = "GET";
const POST: &str = "POST";
const MANY: u64 = 1_000_000;
const UNKNOWN_PATH: i64 = 40_066;
const TOKEN_MISSING: i64 = 41_001;
const GET_REQUIRED: i64 = 43_001;
const POST_REQUIRED: i64 = 43_002;
const UNAUTHORIZED: i64 = 48_001;

/// The daily numbers are those of an ordinary account, as pages name them, read 2026-11-21.
#[rustfmt::skip]
const ROUTES: &[Route] = &[
    row(POST, "/cgi-bin/message/custom/send", Both, send::send).daily(500_000),
    row(POST, "/cgi-bin/message/custom/business/send", MiniProgram, send::business_send).daily(500_000),
    row(POST, "/cgi-bin/message/custom/typing", Both, send::typing),
    row(POST, "/cgi-bin/message/custom/business/typing", MiniProgram, send::business_typing),
    row(POST, "/customservice/kfaccount/add", Both, agents::add),
    row(POST, "/customservice/kfaccount/update", OfficialAccount, agents::update),
    row(POST, "/customservice/kfaccount/del", Both, agents::delete),
    row(GET, "/customservice/kfaccount/del", Both, agents::delete_by_query),
    row(POST, "/customservice/kfaccount/inviteworker", Both, agents::invite),
    row(POST, "/customservice/kfaccount/uploadheadimg", OfficialAccount, agents::upload_picture),
    row(GET, "/customservice/kfaccount/setadmin", MiniProgram, agents::set_admin),
    row(GET, "/customservice/kfaccount/canceladmin", MiniProgram, agents::set_admin),
    row(GET, "/cgi-bin/customservice/getkflist", Both, agents::list),
    row(GET, "/cgi-bin/customservice/getonlinekflist", Both, agents::list_online),
    row(POST, "/customservice/kfsession/create", OfficialAccount, sessions::create),
    row(POST, "/customservice/kfsession/close", OfficialAccount, sessions::close),
    row(GET, "/customservice/kfsession/getsession", OfficialAccount, sessions::get),
    row(GET, "/customservice/kfsession/getsessionlist", OfficialAccount, sessions::list),
    row(GET, "/customservice/kfsession/getwaitcase", OfficialAccount, sessions::waiting),
    row(POST, "/customservice/msgrecord/getmsglist", OfficialAccount, records::list),
    row(POST, "/cgi-bin/media/upload", Both, files::upload).daily(100_000),
    row(GET, "/cgi-bin/media/get", Both, files::get).daily(200_000),
    row(GET, "/cgi-bin/media/get/jssdk", OfficialAccount, files::get_jssdk),
    row(GET, "/cgi-bin/token", Both, token::fetch).auth(Auth::None).daily(2_000),
    row(POST, "/cgi-bin/stable_token", Both, token::stable).auth(Auth::None).daily(500_000),
    row(POST, "/cgi-bin/component/api_component_token", Both, token::component).auth(Auth::None),
    row(POST, "/cgi-bin/component/api_query_auth", Both, token::authorization).auth(Auth::Component),
    row(POST, "/cgi-bin/component/api_authorizer_token", Both, token::authorizer).auth(Auth::Component),
    row(GET, "/cgi-bin/get_api_domain_ip", Both, ops::api_addresses),
    row(GET, "/cgi-bin/getcallbackip", Both, ops::callback_addresses),
    row(POST, "/cgi-bin/callback/check", Both, ops::callback_check),
    row(POST, "/cgi-bin/clear_quota", Both, ops::clear),
    row(POST, "/cgi-bin/clear_quota/v2", Both, ops::clear_by_secret).auth(Auth::None),
    row(POST, "/cgi-bin/component/clear_quota", Both, ops::clear_component).auth(Auth::Component),
    row(POST, "/cgi-bin/component/clear_quota/v2", Both, ops::clear_component_by_secret).auth(Auth::None),
    row(POST, "/cgi-bin/openapi/quota/clear", Both, ops::clear_one),
    row(POST, "/cgi-bin/openapi/quota/get", Both, ops::quota),
    row(POST, "/cgi-bin/openapi/rid/get", Both, journal::find),
    row(POST, "/cgi-bin/business/register", Nobody, refuse),
    row(POST, "/cgi-bin/business/update", Nobody, refuse),
    row(POST, "/cgi-bin/business/get", Nobody, refuse),
    row(POST, "/cgi-bin/business/list", Nobody, refuse),
    row(POST, "/customservice/work/bind", Nobody, refuse),
    row(POST, "/customservice/work/unbind", Nobody, refuse),
    row(GET, "/customservice/work/get", Nobody, refuse),
    row(POST, "/wxaapi/comment/apikfquota/reset", Nobody, refuse),
];

#[cfg(test)]
mod tests {
    use wxkf_core::api::ENDPOINTS;

    use super::bench::Bench;
    use super::*;
    use crate::setup::Setup;

    #[test]
    fn every_call_that_the_core_makes_is_known() {
        let mut bench = Bench::new(Setup::mini_program());
        for info in ENDPOINTS {
            let errcode = match info.method.name() {
                GET => bench.get(info.path),
                _ => bench.post(info.path, ""),
            };
            let unknown = [UNKNOWN_PATH, GET_REQUIRED, POST_REQUIRED];
            assert!(!errcode.is_err_and(|errcode| unknown.contains(&errcode)), "{}", info.name);
        }
    }

    #[test]
    fn calls_of_the_other_kind_of_account_are_refused() {
        let mut mini = Bench::new(Setup::mini_program());
        let mut official = Bench::new(Setup::official_account());
        assert_eq!(mini.say("customservice.kfsession.getwaitcase", "{}"), Err(UNAUTHORIZED));
        let send = r#"{"touser":"u","msgtype":"text","text":{"content":"x"},"businessid":"1"}"#;
        assert_eq!(official.say("message.custom.business.send", send), Err(UNAUTHORIZED));
        assert_eq!(mini.say("message.custom.business.send", send), Err(40_003));
    }
}
