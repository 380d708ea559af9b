//! What agents do: they come online, and serve users.

use wxkf_core::Timestamp;

use crate::platform::Platform;

impl Platform {
    /// The person that was invited to be an agent accepts. Nothing happens without an invitation.
    pub fn accept_invitation(&mut self, kf_account: &str) {
        if let Some(agent) = self.desk.agent(kf_account) {
            if let Some((kf_wx, _)) = agent.invitation.take() {
                agent.kf_wx = Some(kf_wx);
            }
        }
    }

    /// An agent comes online, or goes.
    pub fn set_online(&mut self, kf_account: &str, online: bool) {
        if let Some(agent) = self.desk.agent(kf_account) {
            agent.is_online = online;
        }
    }

    /// A user asks for an agent, or for this one.
    pub(crate) fn hand_over(&mut self, user: &str, kf_account: Option<&str>, now: Timestamp) {
        let agent = kf_account.and_then(|name| self.desk.agent(name));
        match agent.filter(|agent| agent.kf_wx.is_some() && agent.is_online) {
            Some(agent) => {
                let kf_account = agent.kf_account.clone();
                self.begin_session(user, &kf_account, now);
            }
            None => self.desk.wait(user, now),
        }
    }

    /// An agent serves the user from now on.
    pub(crate) fn begin_session(&mut self, user: &str, kf_account: &str, now: Timestamp) {
        self.desk.begin(user, kf_account, now);
        self.push_event(user, "kf_create_session", &[("KfAccount", kf_account)], now);
    }
}
