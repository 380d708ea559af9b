use crate::error::Language;
use crate::schema::{Named, Names};

macro_rules! findings {
    ($($variant:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// What one step of an explanation found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Finding {
            $(#[doc = concat!("`", $name, "`: ", $english)] $variant,)+
        }

        impl Finding {
            /// Every finding.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The sentence for people: what it means and what to do.
            #[must_use]
            pub const fn message(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.pick($english, $chinese)),+ }
            }
        }

        impl Named for Finding {
            const NAMES: &'static Names = &Names {
                name: "Finding",
                doc: "What one step of an explanation found.",
                names: &[$(($name, $english)),+],
            };
        }
    };
}

findings! {
    QueryComplete "query.complete"
        "every parameter that is needed is there" "所需参数齐全";
    QueryBroken "query.broken"
        "the query string cannot be read; pass the raw text after the ?, decoded by nobody"
        "查询串无法解析；请传入 ? 之后的原始文本，不要预先解码";
    QueryIncomplete "query.incomplete"
        "a parameter is missing; was the whole query string captured, and does the router keep it?"
        "缺少参数；是否截取了完整的查询串？路由是否丢弃了它？";

    ModeAgrees "mode.agrees"
        "the request and the account agree on encryption" "请求与账号的加密方式一致";
    ModeUnsealed "mode.unsealed"
        "the account accepts sealed pushes only, and this one is plain: choose 安全模式 in the console, or configure the mode that is set there"
        "账号只接受密文，而该推送是明文：请在后台选择安全模式，或按后台的设置配置 mode";
    ModeStripped "mode.stripped"
        "the query announces a sealed push but the body has no Encrypt: something in between took it out, or somebody tries a forgery"
        "查询串表明是密文推送，但请求体没有 Encrypt：可能被中间环节去掉，或有人在伪造";
    ModeSealed "mode.sealed"
        "the push is sealed and the account has no key: configure the EncodingAESKey"
        "推送是密文，而账号没有配置密钥：请配置 EncodingAESKey";

    BodyRead "body.read" "the outer document can be read" "外层文档可以解析";
    BodyTooLarge "body.too_large"
        "the body is larger than the configured limit" "请求体超过设定的大小上限";
    BodyEmpty "body.empty"
        "the body is empty: a body parser or a logger has already consumed the stream"
        "请求体为空：可能已被 body parser 或日志中间件读取";
    BodyQuoted "body.quoted"
        "the body is encoded twice: it is a JSON string with the document inside"
        "请求体被编码了两次：是一个包含文档的 JSON 字符串";
    BodyEscaped "body.escaped"
        "the body is escaped as HTML or percent-encoded; pass the raw bytes"
        "请求体被 HTML 转义或百分号编码；请传入原始字节";
    BodyCut "body.cut"
        "the body stops in the middle: it was cut off or captured in part"
        "请求体不完整：被截断，或只捕获了一部分";
    BodyMalformed "body.malformed"
        "the body is not the XML or JSON that WeChat sends" "请求体不是微信发送的 XML 或 JSON";

    SignatureHolds "signature.holds"
        "the signature matches, so the token is right and what it covers is untouched"
        "签名匹配：Token 正确，签名覆盖的内容未被改动";
    SignaturePlain "signature.plain"
        "the signature matches; in plain mode it covers the time and the nonce, but not the body"
        "签名匹配；明文模式下签名只覆盖时间戳和随机数，不覆盖请求体";
    SignaturePrevious "signature.previous"
        "the signature matches a previous token: the change has not reached WeChat's servers, or the configuration is old"
        "签名与旧 Token 匹配：新 Token 尚未生效，或配置过期";
    SignatureSwapped "signature.swapped"
        "the value given as msg_signature is the plain signature: pass the parameter msg_signature, not signature"
        "传入的 msg_signature 实际是 signature 的值：应使用 msg_signature 参数";
    SignatureSwappedBack "signature.swapped_back"
        "the value given as signature covers Encrypt, so it is a msg_signature: pass each under its own name"
        "传入的 signature 覆盖了 Encrypt，实际是 msg_signature：请按各自的名称传入";
    SignatureUpperCase "signature.upper_case"
        "the signature matches but for its letter case: something in between changed it"
        "签名仅大小写不同：中间环节改变了它";
    SignatureDecodedTwice "signature.encoded_twice"
        "the signature matches once the timestamp and the nonce are percent-decoded again: the query string was encoded twice"
        "再做一次百分号解码后签名匹配：查询串被编码了两次";
    SignaturePlusLost "signature.plus_lost"
        "the signature matches once the blanks in Encrypt are plus signs again: the body was decoded as a form"
        "把 Encrypt 中的空格还原为加号后签名匹配：请求体被当作表单解码";
    SignatureWrapped "signature.wrapped"
        "the signature matches once the white space inside Encrypt is dropped: the body was pretty-printed or wrapped"
        "去掉 Encrypt 内部空白后签名匹配：请求体被重新排版或折行";
    SignatureEscaped "signature.escaped"
        "the signature matches once the escapes in Encrypt are undone: the body was escaped once more"
        "还原 Encrypt 中的转义后签名匹配：请求体被多转义了一次";
    SignatureBodyChanged "signature.body_changed"
        "the plain signature matches, so the token is right; msg_signature does not, so Encrypt is not what WeChat sent: the body was parsed and written again, trimmed, or belongs to another request"
        "signature 匹配，说明 Token 正确；msg_signature 不匹配，说明 Encrypt 已不是微信发送的内容：请求体被重新序列化、裁剪，或属于另一个请求";
    SignatureOther "signature.other"
        "no configured token makes this signature: compare the token with the console, character by character; or the request is not from WeChat"
        "所配置的 Token 都得不到该签名：请逐字核对后台的 Token；或请求不是微信发出的";

    AgeUnchecked "age.unchecked"
        "no tolerance is configured, so the age does not matter" "未设置允许范围，不检查时间戳";
    AgeOld "age.old"
        "no tolerance is configured; this request is old, as captured ones are"
        "未设置允许范围；该请求较旧（抓取的请求通常如此）";
    AgeFresh "age.fresh" "the request is within the tolerance" "请求在允许的时间范围内";
    AgeStale "age.stale"
        "the request is further away than the tolerance: it is replayed, or one of the clocks is wrong"
        "请求超出允许的时间范围：可能是重放，或时钟不准";

    SealOpened "seal.opened" "the current key opens it" "当前密钥可以解密";
    SealPrevious "seal.previous"
        "a previous key opens it; the answer will be sealed with that key"
        "旧密钥可以解密；回复将使用该密钥加密";
    SealNotBase64 "seal.not_base64"
        "Encrypt is signed as it stands but it is not base64" "Encrypt 与签名一致，但不是 base64";
    SealEncodedTwice "seal.encoded_twice"
        "Encrypt is base64 of base64: it was encoded twice before it was signed"
        "Encrypt 是 base64 的 base64：签名前被编码了两次";
    SealOtherKey "seal.other_key"
        "no configured key opens it: the EncodingAESKey is that of another account, or an older one than those configured"
        "所配置的密钥都无法解密：EncodingAESKey 属于其他账号，或是更早的密钥";

    IdAccepted "receive_id.accepted" "the app id inside the seal is accepted" "密文内的 AppID 符合配置";
    IdOther "receive_id.other"
        "the message was sealed for another app id; if this is a third-party platform, accept its component appid"
        "消息是为另一个 AppID 加密的；第三方平台请接受其 component_appid";

    MessageRead "message.read" "the message can be read" "消息可以解析";
    MessageUnknown "message.unknown"
        "the message can be read; its type is not one this version knows, so take its fields from the tree"
        "消息可以解析；类型未知，请从树中读取字段";
    MessageMalformed "message.malformed"
        "the message is not the XML or JSON that WeChat sends" "消息不是微信发送的 XML 或 JSON";
    RecipientDiffers "message.recipient_differs"
        "ToUserName outside the seal names another account than inside: the outside was changed"
        "密文外的 ToUserName 与密文内的不同：外层被改动过";
    UrlVerified "message.url_verified"
        "this is the check of the URL: answer with echostr as it is" "这是 URL 验证请求：原样返回 echostr";
}
