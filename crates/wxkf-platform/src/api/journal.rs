use alloc::string::String;

use serde_json::{Value, json};
use wxkf_core::Timestamp;

use super::call::{Answer, Call};
use crate::platform::Platform;

/// What is kept of a call that was refused.
pub(super) fn request(call: &Call<'_>, answer: &Answer, now: Timestamp) -> Value {
    let url = [call.path, "?", call.query].concat();
    json!({
        "invoke_time": now.as_secs(),
        "cost_in_ms": 30,
        "request_url": url,
        "request_body": String::from_utf8_lossy(call.body.get(..MAX_BODY).unwrap_or(call.body)),
        "response_body": String::from_utf8_lossy(&answer.body),
        "client_ip": "192.0.2.80",
    })
}

/// Page 查询 rid 信息, read 2026-11-21.
pub(super) fn find(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let body = call.json()?;
    let rid = body.text("rid").ok_or(76_002)?;
    let request = platform.journal.find(rid, now).ok_or(76_001)?;
    Ok(Answer::json(&json!({ "errcode": 0, "errmsg": "ok", "request": request })))
}

/// Of a file no more than its beginning is kept.
const MAX_BODY: usize = 4096;

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::api::bench::Bench;
    use crate::journal::WEEK;
    use crate::setup::Setup;

    #[test]
    fn a_refused_call_is_found_by_its_rid() {
        let mut bench = Bench::new(Setup::mini_program());
        let call = Call::new("GET", "/cgi-bin/nothing?a=b");
        let answer = bench.platform.call(&call, bench.now);
        let answer: Value = serde_json::from_slice(&answer.body).unwrap();
        let (_, rid) = answer["errmsg"].as_str().unwrap().rsplit_once("rid: ").unwrap();
        let ask = |rid: &str| format!(r#"{{"rid":"{rid}"}}"#);
        let found = bench.say("openapi.rid.get", &ask(rid)).unwrap();
        assert_eq!(found["request"]["request_url"], "/cgi-bin/nothing?a=b");
        let other = ask("608780e2-00000000-00000000");
        assert_eq!(bench.say("openapi.rid.get", &other), Err(76_001));
        bench.wait(WEEK);
        bench.fetch_token();
        assert_eq!(bench.say("openapi.rid.get", &ask(rid)), Err(76_001));
    }
}
