use alloc::vec::Vec;

use crate::fields::{SecretStr, records};

records! {
    /// A user opened the customer-service chat of the mini program. Never forwarded to the web
    /// tool; retried like every push.
    UserEnterTempsession<'a> {
        /// `SessionFrom`: the session-from attribute of the contact button; may be empty.
        session_from: Option<&'a str> = Text("SessionFrom"),
    }

    /// A session with a human agent began or ended.
    KfSession<'a> {
        /// `KfAccount`: full account name@wechatid.
        kf_account: Option<&'a str> = Word("KfAccount"),
    }

    /// A session went from one human agent to another.
    KfSwitchSession<'a> {
        /// `FromKfAccount`.
        from_kf_account: Option<&'a str> = Word("FromKfAccount"),
        /// `ToKfAccount`.
        to_kf_account: Option<&'a str> = Word("ToKfAccount"),
    }

    /// A user opened the chat from a card.
    UserEnterSessionFromCard<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
    }

    /// WeCom (企业微信) says that messages wait to be pulled; it has no sender.
    KfMsgOrEvent<'a> {
        /// `Token`: valid 10 minutes, passed to sync_msg.
        token: Option<SecretStr<'a>> = Secret("Token"),
        /// `OpenKfId`.
        open_kf_id: Option<&'a str> = Word("OpenKfId"),
    }

    /// WeCom: the app gained or lost customer-service accounts.
    KfAccountAuthChange<'a> {
        /// `AuthAddOpenKfId`.
        auth_add_open_kf_id: Vec<&'a str> = Words("AuthAddOpenKfId"),
        /// `AuthDelOpenKfId`.
        auth_del_open_kf_id: Vec<&'a str> = Words("AuthDelOpenKfId"),
    }

    /// Sent by the console's message-push debug tool.
    DebugDemo<'a> {
        /// `debug_str`.
        debug_str: Option<&'a str> = Text("debug_str"),
    }
}
