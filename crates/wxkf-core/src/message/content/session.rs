use crate::fields::records;

records! {
    /// A user opened the customer-service chat of the mini program. Never forwarded to the web
    /// tool; retried like every push.
    UserEnterTempsession {
        /// `SessionFrom`: the session-from attribute of the contact button; may be empty.
        session_from: Text = "SessionFrom",
    }

    /// A session with a human agent began or ended.
    KfSession {
        /// `KfAccount`: full account name@wechatid.
        kf_account: Word = "KfAccount",
    }

    /// A session went from one human agent to another.
    KfSwitchSession {
        /// `FromKfAccount`.
        from_kf_account: Word = "FromKfAccount",
        /// `ToKfAccount`.
        to_kf_account: Word = "ToKfAccount",
    }

    /// A user opened the chat from a card.
    UserEnterSessionFromCard {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
    }

    /// WeCom (企业微信) says that messages wait to be pulled; it has no sender.
    KfMsgOrEvent {
        /// `Token`: valid 10 minutes, passed to sync_msg.
        token: Secret = "Token",
        /// `OpenKfId`.
        open_kf_id: Word = "OpenKfId",
    }

    /// WeCom: the app gained or lost customer-service accounts.
    KfAccountAuthChange {
        /// `AuthAddOpenKfId`.
        auth_add_open_kf_id: Words = "AuthAddOpenKfId",
        /// `AuthDelOpenKfId`.
        auth_del_open_kf_id: Words = "AuthDelOpenKfId",
    }

    /// Sent by the console's message-push debug tool.
    DebugDemo {
        /// `debug_str`.
        debug_str: Text = "debug_str",
    }
}
