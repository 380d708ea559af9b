use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use wxkf_core::Timestamp;

/// The human agents (客服), whom they serve, and who waits for one.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) agents: Vec<Agent>,
    sessions: BTreeMap<String, Session>,
    /// The user, and when the user last wrote; in the order of their arrival.
    waiting: Vec<(String, Timestamp)>,
    count: u64,
}

pub(crate) struct Agent {
    pub(crate) kf_account: String,
    pub(crate) nickname: String,
    pub(crate) kf_id: u64,
    pub(crate) kf_openid: String,
    /// The WeChat id of the person that answers, once bound.
    pub(crate) kf_wx: Option<String>,
    pub(crate) invitation: Option<(String, Timestamp)>,
    pub(crate) is_online: bool,
    pub(crate) has_picture: bool,
}

#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) kf_account: String,
    pub(crate) since: Timestamp,
    last: Timestamp,
}

impl Desk {
    pub(crate) fn add(&mut self, kf_account: &str, nickname: &str, kf_openid: String) {
        self.count = self.count.saturating_add(1);
        self.agents.push(Agent {
            kf_account: kf_account.into(),
            nickname: nickname.into(),
            kf_id: self.count.saturating_add(1000),
            kf_openid,
            kf_wx: None,
            invitation: None,
            is_online: false,
            has_picture: false,
        });
    }

    pub(crate) fn agent(&mut self, kf_account: &str) -> Option<&mut Agent> {
        self.agents.iter_mut().find(|agent| agent.kf_account == kf_account)
    }

    pub(crate) fn dismiss(&mut self, kf_account: &str) {
        self.agents.retain(|agent| agent.kf_account != kf_account);
        self.sessions.retain(|_, session| session.kf_account != kf_account);
    }

    /// The session of a user. It ends by itself when nothing is said for half an hour.
    pub(crate) fn session(&self, user: &str, now: Timestamp) -> Option<&Session> {
        self.sessions.get(user).filter(|session| now < session.last.saturating_add(SILENCE))
    }

    /// The users that an agent serves.
    pub(crate) fn served(
        &self,
        kf_account: &str,
        now: Timestamp,
    ) -> impl Iterator<Item = (&str, &Session)> {
        let users = self.sessions.keys().map(String::as_str);
        users
            .filter_map(move |user| Some((user, self.session(user, now)?)))
            .filter(move |(_, session)| session.kf_account == kf_account)
    }

    pub(crate) fn waiting(&self) -> &[(String, Timestamp)] {
        &self.waiting
    }

    pub(crate) fn begin(&mut self, user: &str, kf_account: &str, now: Timestamp) {
        self.waiting.retain(|(waiting, _)| waiting != user);
        let session = Session { kf_account: kf_account.into(), since: now, last: now };
        self.sessions.insert(user.into(), session);
    }

    /// Something was said in a session, which goes on.
    pub(crate) fn touch(&mut self, user: &str, now: Timestamp) {
        if let Some(session) = self.sessions.get_mut(user) {
            session.last = now;
        }
    }

    pub(crate) fn wait(&mut self, user: &str, now: Timestamp) {
        match self.waiting.iter_mut().find(|(waiting, _)| waiting == user) {
            Some((_, latest)) => *latest = now,
            None => self.waiting.push((user.into(), now)),
        }
    }

    /// The user is neither served nor waits any more.
    pub(crate) fn end(&mut self, user: &str) {
        self.sessions.remove(user);
        self.waiting.retain(|(waiting, _)| waiting != user);
    }
}

/// The pages on forwarding to agents (转发), read 2026-11-21.
const SILENCE: Duration = Duration::from_secs(30 * 60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_half_an_hour_of_silence() {
        let at = |secs: u64| Timestamp::from_secs(1_796_000_000 + secs);
        let mut desk = Desk::default();
        desk.wait("u", at(0));
        desk.begin("u", "a@b", at(0));
        assert!(desk.waiting().is_empty());
        desk.touch("u", at(100));
        assert_eq!(desk.served("a@b", at(1899)).count(), 1);
        assert!(desk.session("u", at(1900)).is_none());
        assert_eq!(desk.served("a@b", at(1900)).count(), 0);
    }
}
