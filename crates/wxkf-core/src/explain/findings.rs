use crate::error::Language;
use crate::names::{Named, Names, said};

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
                doc: said!("What one step of an explanation found."),
                names: &[$(($name, said!($english))),+],
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
    QueryNotRaw "query.not_raw"
        "this is not the raw query string: it is escaped, a whole URL, or a framework's object; pass the text after the ? as it stood in the URL"
        "这不是原始查询字符串：它被转义过、是整个 URL，或是框架解析后的对象；请传入 URL 中 ? 之后的原文";
    QueryUnsigned "query.unsigned"
        "nothing is signed, and the body is a whole message: pushes of 微信云托管 and 云函数 come so (read them with decode_unverified, behind that gate only); otherwise the query string was lost, or it is a forgery"
        "没有任何签名参数，而请求体是完整的消息：微信云托管和云函数的推送就是如此（仅在其网关之后用 decode_unverified 读取）；否则是查询字符串丢失，或有人伪造";

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
    BodyParsed "body.parsed"
        "this is not the raw body: a framework has parsed it and handed on its own form of it; hand on the bytes as they came, before any body parser"
        "这不是原始请求体：框架已解析并传来它自己的形式；请在任何 body parser 之前取原始字节";
    BodyWrapped "body.wrapped"
        "this is the event of a gateway, not the body: take its field body, and decode that from base64 if isBase64Encoded says so"
        "这是网关（云函数、API 网关）的事件，不是请求体：请取其中的 body 字段；isBase64Encoded 为 true 时先做 base64 解码";
    BodyBase64 "body.base64"
        "the body is in base64, as gateways and cloud functions hand it on (isBase64Encoded): decode it first"
        "请求体是 base64（网关、云函数会这样转交，见 isBase64Encoded）：请先解码";
    BodyCompressed "body.compressed"
        "the body is compressed (Content-Encoding): decompress it first"
        "请求体是压缩过的（见 Content-Encoding）：请先解压";
    BodyRecoded "body.recoded"
        "the body is not UTF-8: it was read as text and written again in another encoding; pass the raw bytes"
        "请求体不是 UTF-8：它被当作文本读取后以其他编码写出；请传入原始字节";
    BodyEncryptAlone "body.encrypt_alone"
        "this is the text of Encrypt alone: pass the whole body, with the document around it"
        "这只是 Encrypt 的内容：请传入完整的请求体（包含外层文档）";
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
    SignatureAlphabet "signature.base64_changed"
        "the signature matches once Encrypt is written in standard base64 again, with + and / and padded with =: something in between re-encoded it"
        "把 Encrypt 还原为标准 base64（+ 和 /，以 = 补齐）后签名匹配：中间环节重新编码了它";
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
    AgeOtherTime "age.other_time"
        "CreateTime inside the seal is further from timestamp than the tolerance: a captured push with timestamp and nonce exchanged (the signature sorts its parts), or one that was held back"
        "密文内的 CreateTime 与 timestamp 相差超出允许范围：可能是把 timestamp 与 nonce 互换后重放（签名会排序），或推送被滞留过久";

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
    ContainerChecked "message.container_check"
        "this is the path check of 微信云托管 (CheckContainerPath), which signs nothing: answer 200 with success; its pushes are not signed either, so read them with decode_unverified, behind its gate only"
        "这是微信云托管的路径检测（CheckContainerPath），不带签名：返回 200 和 success 即可；其推送同样没有签名，仅在其网关之后用 decode_unverified 读取";
    OtherProduct "product.wecom"
        "this is 企业微信 (WeCom, with its 微信客服), another product: another console, another token and key, other calls; wxkf is for 客服消息 of Mini Programs and Official Accounts"
        "这是企业微信（及其微信客服）的请求，是另一个产品：后台、Token、密钥和接口都不同；wxkf 面向小程序和公众号的客服消息";
    UrlVerified "message.url_verified"
        "this is the check of the URL: answer with echostr as it is" "这是 URL 验证请求：原样返回 echostr";
}
