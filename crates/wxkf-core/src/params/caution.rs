//! What is correct, and known to go wrong all the same.

use crate::error::Language;
use crate::names::named;

named! {
    /// What is known to go wrong with a request or a [`Reply`](crate::Reply) that is correct otherwise.
    /// It can be sent.
    Caution {
        /// A mini program's picture above 2 MB: pages of WeChat's name both 2 MB and 10 MB.
        LargeImage "large_image",
        /// A passive reply with a text above [`MAX_TEXT_BYTES`](crate::text::MAX_TEXT_BYTES): the user was
        /// seen to be shown a failure in place of it. Answer [`Success`](crate::Reply::Success), and
        /// send it in parts as messages.
        LongReply "long_reply",
        /// A text above [`MAX_TEXT_BYTES`](crate::text::MAX_TEXT_BYTES): WeChat names no limit, but
        /// refused what was longer with 45002 when it was measured. [`split`](crate::text::split) it.
        LongText "long_text",
        /// An item of a `msgmenu` whose id is not all digits: some clients were seen to answer with an id
        /// of their own in its place.
        MenuId "menu_id",
        /// `mpnews`: refused with 40007 by accounts whose material has moved to drafts; `mpnewsarticle`
        /// took its place.
        Outdated "outdated",
    }
}

impl Caution {
    /// It in a sentence.
    #[must_use]
    pub const fn message(self, language: Language) -> &'static str {
        match self {
            Self::LargeImage => language.pick(
                "The picture is above 2 MB, which some pages name as the limit; others say 10 MB.",
                "图片超过 2 MB：部分文档的上限为 2 MB，部分为 10 MB。",
            ),
            Self::LongReply => language.pick(
                "The text is above 2048 bytes of UTF-8; the user is shown a failure in place of such a reply: answer success, and send it in parts through the customer-service API.",
                "文本超过 2048 字节（UTF-8），用户会看到“该公众号提供的服务出现故障”而不是回复：请先应答 success，再通过客服消息接口分条发送。",
            ),
            Self::LongText => language.pick(
                "The text is above 2048 bytes of UTF-8, which were refused with 45002 when measured: split it.",
                "文本超过 2048 字节（UTF-8），实测会返回 45002，请拆分后发送。",
            ),
            Self::MenuId => language.pick(
                "An id of the menu is not all digits; some clients answer with an id of their own in its place: number the items, and keep the numbers.",
                "菜单项的 id 不是纯数字，部分客户端会用自己的 id 替换它：请用数字作 id，并自行保存其含义。",
            ),
            Self::Outdated => language.pick(
                "mpnews is refused with 40007 once material has moved to drafts: use mpnewsarticle.",
                "素材迁移到草稿箱后 mpnews 会返回 40007，请改用 mpnewsarticle。",
            ),
        }
    }
}
