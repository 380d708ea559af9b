//! One table and nothing else, which is why it is long: the rows, in the order of the codes. Meanings:
//! page 全局返回码 and the pages of the calls, as copies read on 2026-11-21 had them; a meaning in
//! brackets is ours, where no page prints one.

use super::RejectionKind::{
    Busy, InvalidRequest, LimitReached, Misconfigured, NotPermitted, QuotaExhausted, RateLimited,
    RecipientUnavailable, TokenRejected, WindowClosed, WrongState,
};
use super::Row;

pub(super) const TABLE: &[Row] = &[
    Row::of(-1, Busy, "系统繁忙，此时请开发者稍候再试", "system busy").advice_is(
        "查询类调用可间隔重试数次；重发消息可能重复送达。小程序卡片内容有误时也会返回 -1。",
        "Retry reads a few times with pauses. A repeated send may arrive twice; bad card input \
         gives -1 too.",
    ),
    Row::success("请求成功", "ok").advice_is(
        "只表示平台已接受，不代表用户已看到。有些成功应答不带 errcode，同样按成功处理。",
        "Accepted, not necessarily shown. Some success bodies carry no errcode: treat them as \
         success.",
    ),
    Row::of(4, Busy, "（未公布）", "undocumented internal failure").advice_is(
        "曾见于 custom/business/send，官方没有说明。不要自动重发，用 errmsg 中的 rid 查询。",
        "Seen on custom/business/send, undocumented. Do not resend automatically; look up the rid \
         in errmsg.",
    ),
    Row::of(
        40001,
        TokenRejected,
        "获取 access_token 时 AppSecret 错误，或者 access_token 无效",
        "invalid access_token, or wrong AppSecret when fetching one",
    )
    .advice_is(
        "刷新后只重试一次；反复出现时改由一处统一取 token。取 token 时出现则检查 AppSecret。",
        "Refresh, retry once; if it recurs, fetch tokens in one place. On the token call: check \
         AppSecret.",
    ),
    Row::of(40002, InvalidRequest, "不合法的凭证类型", "invalid grant_type").advice_is(
        "cgi-bin/token 的 grant_type 填 client_credential。",
        "For cgi-bin/token use grant_type=client_credential.",
    ),
    Row::of(40003, InvalidRequest, "不合法的 OpenID", "invalid openid").advice_is(
        "openid 必须属于当前账号：检查 touser 与 access_token 是否来自同一账号。",
        "The openid must belong to this account: check that touser and the token match.",
    ),
    Row::of(40004, InvalidRequest, "不合法的媒体文件类型", "invalid media type").advice_is(
        "检查素材种类：小程序卡片封面要用 image 的 media_id，视频和音乐要用 thumb 的。",
        "Check the kind of media: a card cover needs an image id, video and music need a thumb id.",
    ),
    Row::of(40005, InvalidRequest, "上传素材文件格式不对", "invalid file type").advice_is(
        "上传时文件名要带可识别的扩展名，例如 x.jpg。",
        "Give the uploaded file a name with a known extension, e.g. x.jpg.",
    ),
    Row::of(40006, InvalidRequest, "上传素材文件大小超出限制", "invalid media size").advice_is(
        "上限：图片 10 MB（旧文档 2 MB），语音 2 MB，视频 10 MB，缩略图 64 KB。",
        "Limits: image 10 MB (older pages 2 MB), voice 2 MB, video 10 MB, thumb 64 KB.",
    ),
    Row::of(40007, InvalidRequest, "不合法的媒体文件 id", "invalid media_id").advice_is(
        "临时素材 3 天后失效，也不能跨账号使用：重新上传。mpnews 请改用 mpnewsarticle。",
        "Upload again: temporary ids last 3 days, in one account only. For mpnews use \
         mpnewsarticle.",
    ),
    Row::of(40008, InvalidRequest, "不合法的消息类型", "invalid message type").advice_is(
        "检查 msgtype；小程序只能发 text、image、link、miniprogrampage。",
        "Check msgtype; a Mini Program sends only text, image, link and miniprogrampage.",
    ),
    Row::of(40009, InvalidRequest, "图片尺寸太大", "invalid image size").advice_is(
        "图片上限 10 MB（旧文档 2 MB）；客服头像用 640×640 的 JPG，不超过 5 MB。",
        "Image: 10 MB (older pages 2 MB). Agent avatar: JPG of 640x640, at most 5 MB.",
    ),
    Row::of(40010, InvalidRequest, "不合法的语音文件大小", "invalid voice size").advice_is(
        "语音不超过 2 MB、60 秒，格式 AMR 或 MP3。",
        "Voice: at most 2 MB and 60 s, AMR or MP3.",
    ),
    Row::of(40011, InvalidRequest, "不合法的视频文件大小", "invalid video size")
        .advice_is("视频不超过 10 MB，格式 MP4。", "Video: at most 10 MB, MP4."),
    Row::of(40012, InvalidRequest, "不合法的缩略图文件大小", "invalid thumb size")
        .advice_is("缩略图不超过 64 KB，格式 JPG。", "Thumb: at most 64 KB, JPG."),
    Row::of(40013, Misconfigured, "不合法的 AppID", "invalid appid"),
    Row::of(40014, TokenRejected, "不合法的 access_token", "invalid access_token").advice_is(
        "token 残缺，或属于另一个账号：检查保存与传递过程，刷新后只重试一次。",
        "The token is malformed or of another app: check how it is stored, refresh, retry once.",
    ),
    Row::of(
        40033,
        InvalidRequest,
        "不合法的请求字符，不能包含 \\uxxxx 格式的字符",
        "invalid characters, request includes \\uxxxx",
    )
    .advice_is(
        "请求体直接写 UTF-8 文字，不要转成 \\uxxxx。",
        "Write raw UTF-8 in the body, no \\uxxxx escapes.",
    ),
    Row::of(40035, InvalidRequest, "不合法的参数", "invalid args size"),
    Row::of(40038, InvalidRequest, "不合法的请求格式", "invalid packaging type"),
    Row::of(40039, InvalidRequest, "不合法的 URL 长度", "invalid url size"),
    Row::of(40048, InvalidRequest, "无效的 url", "invalid url domain"),
    Row::of(40066, InvalidRequest, "（不合法的 url）", "invalid url").advice_is(
        "检查路径：kfaccount、kfsession 以 /customservice/ 开头，无 cgi-bin、无空格。",
        "Check the path: kfaccount and kfsession start with /customservice/, no cgi-bin, no \
         blanks.",
    ),
    Row::of(40073, InvalidRequest, "（卡券 id 无效）", "invalid card id").advice_is(
        "检查 card_id；只能发非自定义 code 的卡券，或已导入 code 的卡券。",
        "Check card_id; only cards without custom codes or with imported codes can be sent.",
    ),
    Row::of(40080, InvalidRequest, "（card ext 无效）", "invalid card ext").advice_is(
        "card_ext 只见于旧文档，现行文档只用 card_id。",
        "card_ext is from older pages; the current page has only card_id.",
    ),
    Row::of(40094, TokenRejected, "（无效 component 凭证）", "invalid component credential")
        .advice_is(
            "刷新第三方平台的 component_access_token，只重试一次。",
            "Refresh the platform's component_access_token and retry once.",
        ),
    Row::of(40097, InvalidRequest, "参数错误", "invalid args").advice_is(
        "小程序客服账号接口现用 kf_account 和 nickname，kf_wx 是旧写法。",
        "Mini Program agent calls now take kf_account and nickname; kf_wx is the old form.",
    ),
    Row::of(40101, InvalidRequest, "（缺少参数）", "missing parameter").advice_is(
        "没有 businessid 时改用普通路径，不要用 /business/ 路径。",
        "Without businessid use the plain path, not the /business/ one.",
    ),
    Row::of(40113, InvalidRequest, "不支持的文件类型", "unsupported file type").advice_is(
        "按素材种类换文件格式：图片 JPG/PNG/GIF，语音 AMR/MP3，视频 MP4，缩略图 JPG；文件名要带扩展名。",
        "Send a format of the media's type: image JPG/PNG/GIF, voice AMR/MP3, video MP4, thumb JPG; name \
         the file with its extension.",
    ),
    Row::of(40125, Misconfigured, "不合法的 secret", "invalid appsecret").advice_is(
        "检查 AppSecret，不要循环重试；旧表误写成 AppID 不合法。",
        "Check the AppSecret, do not loop; old tables wrongly name the AppID.",
    ),
    Row::of(40137, InvalidRequest, "不支持的图片格式", "invalid image format")
        .advice_is("图片使用 PNG、JPEG、JPG 或 GIF。", "Use PNG, JPEG, JPG or GIF."),
    Row::of(
        40155,
        InvalidRequest,
        "请勿添加其他公众号的主页链接",
        "links to another account's home page are not allowed",
    ),
    Row::of(
        40164,
        Misconfigured,
        "调用接口的IP地址不在白名单中",
        "caller IP not in the whitelist",
    )
    .advice_is(
        "errmsg 中有调用方 IP：把它加入 IP 白名单，不要循环重试。",
        "errmsg carries the caller's IP: add it to the IP whitelist. Do not loop.",
    ),
    Row::of(40165, InvalidRequest, "（小程序 pagepath 无效）", "invalid Mini Program pagepath"),
    Row::of(40166, InvalidRequest, "（小程序 appid 无效）", "invalid Mini Program appid")
        .advice_is(
            "公众号发小程序卡片必须填 appid，小程序自己发则不填。",
            "An Official Account must give the card's appid; a Mini Program leaves it out.",
        ),
    Row::of(40200, NotPermitted, "（账号类型不合法）", "invalid account type").advice_is(
        "测试号和未认证的订阅号不能发 msgmenu：改用其他消息类型。",
        "Test and unverified subscription accounts cannot send msgmenu: use another type.",
    ),
    Row::of(40201, Misconfigured, "未设置回调URL", "callback URL not set").advice_is(
        "先配置回调 URL，再调用 callback/check。",
        "Configure the callback URL before calling callback/check.",
    ),
    Row::of(40202, InvalidRequest, "不正确的action参数", "invalid check action")
        .advice_is("action 只能是 dns、ping 或 all。", "action is dns, ping or all."),
    Row::of(40203, InvalidRequest, "不正确的运营商参数", "invalid check operator").advice_is(
        "check_operator 只能是 CHINANET、UNICOM、CAP 或 DEFAULT。",
        "check_operator is CHINANET, UNICOM, CAP or DEFAULT.",
    ),
    Row::of(
        40243,
        Misconfigured,
        "AppSecret已被冻结，请解冻后再次调用",
        "AppSecret is frozen, unfreeze it first",
    ),
    Row::of(41001, InvalidRequest, "缺少 access_token 参数", "access_token missing").advice_is(
        "请求没有带 access_token，属于程序错误：检查保存的 token 是否为空。",
        "The call carried no token, a bug in the caller: is the stored one empty?",
    ),
    Row::of(41002, InvalidRequest, "缺少 appid 参数", "appid missing"),
    Row::of(41004, InvalidRequest, "缺少 secret 参数", "appsecret missing"),
    Row::of(41005, InvalidRequest, "缺少多媒体文件数据", "media data missing").advice_is(
        "表单字段名用 media，文件名用纯英文，并带上 Content-Length。",
        "Use form field media and a plain ASCII file name, and send Content-Length.",
    ),
    Row::of(41006, InvalidRequest, "缺少 media_id 参数", "media_id missing"),
    Row::of(41009, InvalidRequest, "缺少 openid", "openid missing").advice_is(
        "custom/send 的字段是 touser，kfsession 的字段是 openid。",
        "The field is touser in custom/send and openid in kfsession.",
    ),
    Row::of(
        41021,
        InvalidRequest,
        "（缺少 component_access_token）",
        "component_access_token missing",
    )
    .advice_is(
        "参数 access_token（旧名 component_access_token）填第三方平台的 token。",
        "Put the platform's token in the query: access_token (older name component_access_token).",
    ),
    Row::of(
        41030,
        InvalidRequest,
        "page路径不正确，需要保证在现网版本小程序中存在",
        "invalid page, it must exist in the released Mini Program",
    ),
    Row::of(42001, TokenRejected, "access_token 超时", "access_token expired").advice_is(
        "刷新后重试一次；平时按 expires_in（最长 7200 秒）提前刷新。",
        "Refresh and retry once; normally renew ahead of expires_in (at most 7200 s).",
    ),
    Row::of(42002, Misconfigured, "refresh_token 超时", "refresh_token expired").advice_is(
        "需要该账号重新授权给第三方平台。",
        "The account must authorize the third-party platform again.",
    ),
    Row::of(
        42006,
        TokenRejected,
        "（component_access_token 超时）",
        "component_access_token expired",
    )
    .advice_is(
        "刷新第三方平台的 component_access_token，之后只重试一次。",
        "Refresh the platform's component_access_token, then retry once.",
    ),
    Row::of(
        42007,
        Misconfigured,
        "用户修改微信密码，accesstoken 和 refreshtoken 失效，需要重新授权",
        "tokens void after a password change, authorize again",
    ),
    Row::of(43001, InvalidRequest, "需要 GET 请求", "GET required").advice_is(
        "getkflist、getonlinekflist 和 kfsession 的查询接口用 GET。",
        "getkflist, getonlinekflist and the kfsession queries are GET calls.",
    ),
    Row::of(43002, InvalidRequest, "需要 POST 请求", "POST required").advice_is(
        "stable_token 和发送类接口只接受 POST，参数放在 JSON 请求体中。",
        "stable_token and the send calls take only POST with a JSON body.",
    ),
    Row::of(43003, InvalidRequest, "需要 HTTPS 请求", "HTTPS required").advice_is(
        "改用 https://；旧文档把客服头像上传接口写成了 http://。",
        "Use https://; old pages print http:// for the avatar upload.",
    ),
    Row::of(43004, RecipientUnavailable, "需要接收者关注", "the user must follow the account")
        .advice_is(
            "用户未关注公众号，关注之前不要再发。",
            "The user does not follow the account: do not send until they do.",
        ),
    Row::of(43005, RecipientUnavailable, "需要好友关系", "friend relation required"),
    Row::of(
        43019,
        RecipientUnavailable,
        "需要将接收者从黑名单中移除",
        "the user is on the blacklist",
    ),
    Row::of(
        43101,
        RecipientUnavailable,
        "用户拒绝接受消息",
        "the user refuses to receive the message",
    )
    .advice_is(
        "来自订阅消息：用户未订阅或已退订。放弃这条消息，等用户再次授权。",
        "From subscribe messages: the user has not subscribed, or no longer. Give this message up.",
    ),
    Row::of(44001, InvalidRequest, "多媒体文件为空", "empty media data"),
    Row::of(44002, InvalidRequest, "POST 的数据包为空", "empty POST body"),
    Row::of(44003, InvalidRequest, "图文消息内容为空", "empty news content"),
    Row::of(44004, InvalidRequest, "文本消息内容为空", "empty text content"),
    Row::of(45001, InvalidRequest, "多媒体文件大小超过限制", "media size over the limit")
        .advice_is(
            "上限：图片 10 MB（旧文档 2 MB），语音 2 MB，视频 10 MB，缩略图 64 KB。",
            "Limits: image 10 MB (older pages 2 MB), voice 2 MB, video 10 MB, thumb 64 KB.",
        ),
    Row::of(45002, InvalidRequest, "消息内容超过限制", "content over the limit").advice_is(
        "实测文本上限为 2048 字节（UTF-8）。按字符边界拆分，每段各占一条额度。",
        "Measured: 2048 bytes of UTF-8. Split at character boundaries; each part costs one \
         message.",
    ),
    Row::of(45003, InvalidRequest, "标题字段超过限制", "title over the limit"),
    Row::of(45004, InvalidRequest, "描述字段超过限制", "description over the limit"),
    Row::of(45005, InvalidRequest, "链接字段超过限制", "url over the limit"),
    Row::of(45006, InvalidRequest, "图片链接字段超过限制", "picurl over the limit"),
    Row::of(45007, InvalidRequest, "语音播放时间超过限制", "voice too long")
        .advice_is("语音不超过 60 秒。", "Voice may last at most 60 s."),
    Row::of(45008, InvalidRequest, "图文消息超过限制", "too many articles")
        .advice_is("一条图文消息只能有 1 篇文章。", "A news message holds exactly one article."),
    Row::of(45009, RateLimited, "接口调用超过限制", "daily API limit reached").advice_is(
        "这是整个账号的每日上限，不是单个用户的额度：次日再试，或调用 clear_quota（每月 10 次）。",
        "Daily limit of the whole account, not per user: next day, or clear_quota (10 per month).",
    ),
    Row::of(45011, RateLimited, "API 调用太频繁，请稍候再试", "called too often this minute")
        .advice_is(
            "这是整个账号的每分钟上限：放慢速度，下一分钟再试。",
            "Per-minute limit of the whole account: slow down, go on in the next minute.",
        ),
    Row::of(
        45015,
        WindowClosed,
        "回复时间超过限制",
        "reply window closed, or the user unfollowed",
    )
    .advice_is(
        "窗口已过（用户发消息后 48 小时，点菜单等仅 1 分钟），或用户已取消关注。等用户再次互动。",
        "Window over (48 h after a message, 1 min after e.g. a menu tap) or unfollowed: wait for \
         the user.",
    ),
    Row::of(
        45047,
        QuotaExhausted,
        "客服接口下行条数超过上限",
        "message count limit for this user reached",
    )
    .advice_is(
        "等用户下次互动；从未互动的用户也会得到此码。若用户刚发来消息，可隔 1 秒以上重试一次。",
        "Wait for the user, who may never have acted. Right after a message: one retry after 1 s.",
    ),
    Row::of(45050, InvalidRequest, "（客服消息类型不合法）", "invalid customer message type")
        .advice_is(
            "检查 msgtype；小程序只能发 text、image、link、miniprogrampage。",
            "Check msgtype; a Mini Program sends only text, image, link and miniprogrampage.",
        ),
    Row::of(
        45063,
        InvalidRequest,
        "（非小程序 access_token）",
        "not a Mini Program's access_token",
    )
    .advice_is(
        "该接口只供小程序使用：换用小程序的 access_token。",
        "This call is for Mini Programs only: use a Mini Program's token.",
    ),
    Row::of(
        45070,
        InvalidRequest,
        "account_name 对应账号已经被创建",
        "account_name already registered",
    )
    .advice_is(
        "account_name 只能注册一次：换一个，或用 business/get 查出已有的商户。",
        "account_name registers once: choose another, or find the existing one with business/get.",
    ),
    Row::of(45071, InvalidRequest, "business_id 对应的商户不存在", "no such business account")
        .advice_is(
            "用 business/list 查出正确的 business_id。",
            "Find the right business_id with business/list.",
        ),
    Row::of(45072, InvalidRequest, "command字段取值不对", "invalid command")
        .advice_is("command 只能是 Typing 或 CancelTyping。", "command is Typing or CancelTyping."),
    Row::of(45077, LimitReached, "子商户数量已达到上限", "too many business accounts"),
    Row::of(45078, InvalidRequest, "昵称不合法", "invalid nickname").advice_is(
        "商户昵称长度为 4 到 30，一个汉字算 2。",
        "Business nickname: length 4 to 30, a Chinese character counts 2.",
    ),
    Row::of(45079, InvalidRequest, "昵称含有违规词汇", "nickname contains forbidden words"),
    Row::of(
        45080,
        WrongState,
        "下发输入状态，需要之前30秒内跟用户有过消息交互",
        "typing needs a message either way in the last 30 s",
    )
    .advice_is(
        "30 秒内双方都没有消息：不再续发输入状态即可，可以忽略。",
        "No message either way for 30 s: stop renewing the typing state; safe to ignore.",
    ),
    Row::of(45081, WrongState, "已经在输入状态，不可重复下发", "already typing").advice_is(
        "输入状态保持 15 秒：视为成功，满 15 秒后再续。",
        "The typing state lasts 15 s: treat as success, renew after 15 s.",
    ),
    Row::of(
        45086,
        InvalidRequest,
        "（data-miniprogram-appid 无效）",
        "invalid data-miniprogram-appid",
    )
    .advice_is(
        "公众号：先关联该小程序。小程序：只能填自己的 appid。",
        "Official Account: bind that Mini Program first. Mini Program: use only its own appid.",
    ),
    Row::of(
        45087,
        NotPermitted,
        "（客服消息能力被封禁）",
        "customer messages of this account are blocked",
    )
    .advice_is(
        "停止该账号的全部客服消息，并通知账号管理者。",
        "Stop all customer messages of this account and alert whoever runs it.",
    ),
    Row::of(45091, InvalidRequest, "（account_name 不合法）", "invalid account_name").advice_is(
        "account_name 为 6 到 30 位字母、数字或下划线。",
        "account_name: 6 to 30 letters, digits or underscores.",
    ),
    Row::of(45093, QuotaExhausted, "（无发送额度）", "no quota to send"),
    Row::of(
        45094,
        NotPermitted,
        "（处罚：用户进入会话时不允许下发客服消息）",
        "penalty: no message when a user enters the session",
    )
    .advice_is(
        "用户进入会话不再带来额度：等用户发来消息后再发。",
        "Entering the session grants nothing: wait until the user sends a message.",
    ),
    Row::of(
        45162,
        InvalidRequest,
        "（type 不合法）",
        "message type not supported for this kind of account",
    )
    .advice_is(
        "曾见于小程序发送 news：改用 link。",
        "Seen when a Mini Program sends news: use link.",
    ),
    Row::of(45166, InvalidRequest, "（内容不合法）", "content not allowed"),
    Row::of(46001, InvalidRequest, "不存在媒体数据，media_id 不存在", "no such media").advice_is(
        "重新上传，使用新的 media_id；临时素材 3 天后失效。",
        "Upload again and use the new media_id; temporary ids last 3 days.",
    ),
    Row::of(46004, RecipientUnavailable, "不存在的用户", "no such user"),
    Row::of(47001, InvalidRequest, "解析 JSON/XML 内容错误", "JSON or XML cannot be parsed")
        .advice_is(
            "检查请求体是否为完整的 UTF-8 JSON；引号、换行和控制字符要转义。",
            "Check that the body is valid UTF-8 JSON; escape quotes, newlines and control \
             characters.",
        ),
    Row::of(47002, InvalidRequest, "（不要用 \\u 转义）", "do not use \\uxxxx escapes").advice_is(
        "请求体直接写 UTF-8 文字，不要转成 \\uxxxx。",
        "Write raw UTF-8 in the body, no \\uxxxx escapes.",
    ),
    Row::of(48001, NotPermitted, "api 功能未授权", "api unauthorized").advice_is(
        "账号没有此接口：公众号须完成微信认证（未认证的订阅号没有客服消息），在后台「接口权限」查看。\
         第三方平台：该账号未认证，或授权时未勾选所需权限集，请其认证或重新授权。",
        "The account lacks this API. Its own calls: an Official Account must be verified (认证); see \
         接口权限 in its console. Third-party platform: the account is not verified, or did not grant the \
         permission set: have it verify or authorize again.",
    ),
    Row::of(48002, RecipientUnavailable, "粉丝拒收消息", "the user refuses messages"),
    Row::of(
        48004,
        NotPermitted,
        "api 接口被封禁，请登录 mp.weixin.qq.com 查看详情",
        "api blocked, log in to mp.weixin.qq.com for the reason",
    ),
    Row::of(
        48006,
        LimitReached,
        "api 禁止清零调用次数，因为清零次数达到上限",
        "too many quota clears",
    )
    .advice_is(
        "后台与接口合计每账号每月 10 次：等下个月。",
        "10 per account and month, console and API together: wait for the next month.",
    ),
    Row::of(
        48008,
        NotPermitted,
        "没有该类型消息的发送权限",
        "no permission for this message type",
    )
    .advice_is("改发该账号有权发送的消息类型。", "Send a message type this account may send."),
    Row::of(
        49001,
        InvalidRequest,
        "（appid 与 access_token 不符）",
        "appid and access_token do not match",
    )
    .advice_is(
        "appid 要填 access_token 所属账号的 AppID。",
        "Give the appid the access_token belongs to.",
    ),
    Row::of(50001, NotPermitted, "用户未授权该 api", "api not authorized by the user"),
    Row::of(
        50002,
        NotPermitted,
        "用户受限，可能是用户帐号被冻结或注销",
        "user limited, perhaps frozen or deregistered",
    ),
    Row::of(50003, NotPermitted, "（用户可能不在白名单中）", "user perhaps not in the whitelist"),
    Row::of(50004, NotPermitted, "禁止使用 token 接口", "token interface forbidden").advice_is(
        "账号受到处罚：停止取 token，并通知账号管理者。",
        "A penalty on the account: stop fetching tokens and alert whoever runs it.",
    ),
    Row::of(
        50005,
        RecipientUnavailable,
        "用户未关注公众号",
        "the user does not follow the account",
    )
    .advice_is(
        "取消关注会关闭发送窗口：清除本地额度，等用户重新关注。",
        "Unfollowing closes the window: drop the local quota until the user follows again.",
    ),
    Row::of(50007, NotPermitted, "账号已冻结", "account frozen"),
    Row::of(61003, NotPermitted, "帐号未授权", "not authorized by this account").advice_is(
        "请该账号授权给第三方平台。",
        "Ask the account to authorize the third-party platform.",
    ),
    Row::of(61004, Misconfigured, "（IP 未登记）", "caller IP not registered").advice_is(
        "把服务器 IP 加入第三方平台的 IP 白名单。",
        "Add the server's IP to the whitelist of the third-party platform.",
    ),
    Row::of(61005, Busy, "ticket 已过期", "component ticket expired").advice_is(
        "等下一次 ticket 推送后再取 component_access_token。",
        "Wait for the next ticket push, then fetch the component_access_token.",
    ),
    Row::of(61006, Misconfigured, "无效 ticket", "invalid component ticket").advice_is(
        "使用最近一次推送的 ticket；没有就等下一次推送。",
        "Use the ticket pushed last, or wait for the next push.",
    ),
    Row::of(
        61007,
        NotPermitted,
        "接口未授权给第三方平台",
        "api not authorized to the third-party platform",
    )
    .advice_is(
        "客服消息属于权限集 1、6、19、100-101，绑定微信客服属于 161：请该账号补充授权。",
        "Customer messages are in permission sets 1, 6, 19, 100-101, kf work in 161: ask for one.",
    ),
    Row::of(61009, InvalidRequest, "授权码无效", "invalid authorization code").advice_is(
        "授权码只能用一次；已用过、属于其他平台或误传了预授权码（pre_auth_code）：请该账号重新授权。",
        "Used before, of another platform, or a pre_auth_code in its place: have the account authorize \
         again.",
    ),
    Row::of(61010, InvalidRequest, "授权码已过期", "authorization code expired").advice_is(
        "请该账号重新授权，并在收到授权码后立即调用 api_query_auth。",
        "Have the account authorize again, and call api_query_auth as soon as the code arrives.",
    ),
    Row::of(61011, Misconfigured, "无效的第三方平台", "invalid component").advice_is(
        "component_appid 要填第三方平台的 AppID，不是小程序、公众号或移动应用的。",
        "component_appid is the AppID of a third-party platform, not of a Mini Program, account or app.",
    ),
    Row::of(
        61014,
        Misconfigured,
        "必须使用 component_access_token",
        "must use the component_access_token",
    )
    .advice_is(
        "component/* 接口要用第三方平台的 component_access_token，不是账号的 access_token 或 \
         authorizer_access_token。",
        "component/* calls take the platform's component_access_token, not an account's access_token or \
         authorizer_access_token.",
    ),
    Row::of(
        61016,
        NotPermitted,
        "需要由第三方平台确认该权限集",
        "the platform has to confirm this permission set",
    )
    .advice_is(
        "第三方平台在开放平台后台确认该权限集后，账号的授权才生效。",
        "Confirm the permission set in the third-party platform's console; the grant has no effect before.",
    ),
    Row::of(61023, Misconfigured, "（refresh_token 无效）", "invalid refresh_token").advice_is(
        "refresh_token 丢失或已更换：请该账号重新授权，并保存每次返回的新值。",
        "The refresh token was lost or replaced: authorize again and store every new one.",
    ),
    Row::of(61450, Busy, "系统错误", "system error"),
    Row::of(61451, InvalidRequest, "参数错误", "invalid parameter").advice_is(
        "检查参数；测试号没有客服功能，也会得到此码或 65400。",
        "Check the parameters; a test account has no agents and gets this code or 65400.",
    ),
    Row::of(61452, InvalidRequest, "无效客服账号", "invalid kf_account").advice_is(
        "检查 kf_account，包括 custom/send 的 customservice.kf_account。",
        "Check kf_account, also customservice.kf_account of custom/send.",
    ),
    Row::of(61453, InvalidRequest, "客服帐号已存在", "kf_account exists").advice_is(
        "换一个账号名，或用 getkflist 查看已有的客服。",
        "Choose another name, or see the existing agents with getkflist.",
    ),
    Row::of(
        61454,
        InvalidRequest,
        "客服帐号名长度超过限制(仅允许10个英文字符，不包括@及@后的微信号)",
        "kf_account too long (10 letters before the @)",
    ),
    Row::of(
        61455,
        InvalidRequest,
        "客服帐号名包含非法字符(仅允许英文+数字)",
        "illegal characters in kf_account",
    ),
    Row::of(61456, LimitReached, "客服帐号个数超过限制(10个客服账号)", "too many agents")
        .advice_is(
            "旧客服系统上限 10 个，新系统 100 个：先删除不用的客服。",
            "The old agent system allows 10, the new one 100: remove agents first.",
        ),
    Row::of(61457, InvalidRequest, "无效头像文件类型", "invalid avatar file type").advice_is(
        "客服头像用 640×640 的 JPG，不超过 5 MB。",
        "Agent avatar: JPG of 640x640, at most 5 MB.",
    ),
    Row::of(61458, WrongState, "客户正在被其他客服接待", "another agent is serving the user")
        .advice_is(
            "用 kfsession/getsession 查看由谁接待，该会话关闭后再创建。",
            "See who serves with kfsession/getsession; create after that session is closed.",
        ),
    Row::of(61459, WrongState, "客服不在线", "agent offline").advice_is(
        "客服必须在线：用 getonlinekflist 选一位在线客服。",
        "The agent must be online: pick one from getonlinekflist.",
    ),
    Row::of(61500, InvalidRequest, "日期格式错误", "date format error"),
    Row::of(
        65400,
        NotPermitted,
        "API不可用，即没有开通/升级到新版客服功能",
        "new agent system not enabled",
    )
    .advice_is(
        "先开通新版客服；刚开通时稍等再试。测试号没有客服功能。",
        "Enable the new agent system; if just enabled, wait a while. Test accounts have none.",
    ),
    Row::of(65401, InvalidRequest, "无效客服账号", "invalid kf_account").advice_is(
        "用 getkflist 核对 kf_account（前缀@微信号）。曾见于邀请后台建的小程序客服。",
        "Check kf_account (prefix@wxid) with getkflist. Seen: inviting a Mini Program's \
         console-made agent.",
    ),
    Row::of(
        65402,
        WrongState,
        "客服账号尚未绑定微信号，不能投入使用",
        "agent not bound to a WeChat user",
    )
    .advice_is(
        "先用 inviteworker 邀请，对方接受后才能使用。",
        "Call inviteworker first; the agent works once the invitation is accepted.",
    ),
    Row::of(65403, InvalidRequest, "客服昵称不合法", "invalid agent nickname")
        .advice_is("客服昵称不超过 16 个字。", "Agent nickname: at most 16 characters."),
    Row::of(65404, InvalidRequest, "客服账号不合法", "illegal kf_account").advice_is(
        "前缀不超过 10 位字母、数字或下划线，后接 @ 和账号的微信号；须先在后台设置微信号。",
        "At most 10 letters, digits or underscores, then @ and the account's wxid (set it in the \
         console).",
    ),
    Row::of(65405, LimitReached, "账号数目已达到上限，不能继续添加", "too many agents").advice_is(
        "每个账号最多 100 个客服：先删除不用的。",
        "At most 100 agents per account: remove some first.",
    ),
    Row::of(65406, WrongState, "已经存在的客服账号", "kf_account exists")
        .advice_is("直接使用该客服，或换一个账号名。", "Use that agent, or choose another name."),
    Row::of(
        65407,
        WrongState,
        "邀请对象已经是该公众号/小程序客服",
        "already an agent of this account",
    )
    .advice_is(
        "对方已是客服，无需邀请；可用 getkflist 查看。",
        "No invitation needed; getkflist shows the agent.",
    ),
    Row::of(65408, WrongState, "已发送邀请", "already invited").advice_is(
        "等对方答复；邀请状态见 getkflist 的 invite_status。",
        "Wait for the answer; see invite_status in getkflist.",
    ),
    Row::of(65409, InvalidRequest, "无效微信号", "invalid WeChat id"),
    Row::of(
        65410,
        LimitReached,
        "绑定数量超限",
        "too many agent accounts bound to this WeChat user",
    ),
    Row::of(65411, WrongState, "存在待确认邀请", "an invitation is pending").advice_is(
        "等对方答复或邀请过期；见 getkflist 的 invite_status、invite_expire_time。",
        "Wait for the answer or the expiry; see invite_status, invite_expire_time in getkflist.",
    ),
    Row::of(65412, WrongState, "已绑定微信号", "already bound to a WeChat user").advice_is(
        "无需再邀请；绑定的微信号见 getkflist 的 kf_wx。",
        "No invitation needed; see kf_wx in getkflist.",
    ),
    Row::of(65413, WrongState, "不存在对应用户的会话信息", "no session with this user").advice_is(
        "没有可关闭的会话，可视为已关闭。",
        "There is no session to close: treat it as closed.",
    ),
    Row::of(65414, WrongState, "客户正在被其他客服接待", "another agent is serving the user")
        .advice_is(
            "用 kfsession/getsession 查看由谁接待，该会话关闭后再创建。",
            "See who serves with kfsession/getsession; create after that session is closed.",
        ),
    Row::of(65415, WrongState, "指定的客服不在线", "agent offline").advice_is(
        "客服必须已绑定微信号并在线：用 getonlinekflist 选一位。",
        "The agent must be bound and online: pick one from getonlinekflist.",
    ),
    Row::of(65416, InvalidRequest, "查询参数不合法", "invalid query parameters").advice_is(
        "getmsglist：msgid 从 1 起，number 不超过 10000；检查网址中有无空格。",
        "getmsglist: msgid starts at 1, number is at most 10000; no blanks in the URL.",
    ),
    Row::of(65417, InvalidRequest, "查询时间段超出限制", "query range too long").advice_is(
        "一次查询不超过 24 小时，超过则分段。",
        "Query at most 24 h at a time; split longer ranges.",
    ),
    Row::of(
        70000,
        RecipientUnavailable,
        "为保护未成年人权益，该条消息发送失败",
        "not sent, to protect minors",
    )
    .advice_is(
        "放弃这条消息；文档没有说明原因在用户、内容还是账号。",
        "Give up on this message; no page says whether user, content or account is the cause.",
    ),
    Row::of(76001, InvalidRequest, "rid不存在", "rid not found").advice_is(
        "检查 rid；超过 7 天的 rid 也可能得到此码。",
        "Check the rid; one older than 7 days may give this code too.",
    ),
    Row::of(76002, InvalidRequest, "rid为空或者格式错误", "rid empty or malformed").advice_is(
        "取 errmsg 末尾完整的 rid：xxxxxxxx-xxxxxxxx-xxxxxxxx。",
        "Take the whole rid at the end of errmsg: xxxxxxxx-xxxxxxxx-xxxxxxxx.",
    ),
    Row::of(
        76003,
        NotPermitted,
        "当前账号无权查询该rid / cgi_path 格式错误",
        "rid of another account, or cgi_path malformed",
    )
    .advice_is(
        "只能查本账号的 rid；quota/get 的 cgi_path 以 / 开头，不带域名。",
        "Only rids of the same account. quota/get: cgi_path starts with / and has no host.",
    ),
    Row::of(76004, InvalidRequest, "rid过期，仅支持持续7天内的rid", "rid expired (kept 7 days)"),
    Row::of(76021, InvalidRequest, "cgi_path填错了", "cgi_path not found").advice_is(
        "cgi_path 以 / 开头，不带域名，例如 /cgi-bin/message/custom/send。",
        "cgi_path starts with / and has no host, e.g. /cgi-bin/message/custom/send.",
    ),
    Row::of(
        76022,
        NotPermitted,
        "当前调用接口使用的token与api所属账号不符",
        "cgi_path not open to this token's account",
    ),
    Row::of(87014, InvalidRequest, "内容含有违法违规内容", "risky content"),
    Row::of(
        89501,
        Misconfigured,
        "公众号有未处理的确认请求，请稍候重试",
        "a confirmation by the admin is pending",
    )
    .advice_is(
        "请管理员处理待确认的请求，几分钟后再试。",
        "Ask the admin to settle the pending request; try again after some minutes.",
    ),
    Row::of(89502, Misconfigured, "请耐心等待管理员确认", "waiting for confirmation by the admin")
        .advice_is(
            "请管理员确认，几分钟后再试。",
            "Ask the admin to confirm; try again after some minutes.",
        ),
    Row::of(
        89503,
        Misconfigured,
        "此次调用需要管理员确认，请耐心等候",
        "this call needs confirmation by the admin",
    )
    .advice_is(
        "新的调用 IP 触发了风险控制：停止取 token，请管理员确认，几分钟后再试。",
        "Risk control for a new IP: stop, ask the admin to confirm, try again after some minutes.",
    ),
    Row::of(
        89506,
        Misconfigured,
        "该IP调用请求已被公众号管理员拒绝，请24小时后再试",
        "this IP was rejected by the admin, wait 24 h",
    )
    .advice_is(
        "24 小时内不要再从该 IP 取 token，并联系管理员。",
        "Fetch no token from this IP for 24 h and contact the admin.",
    ),
    Row::of(
        89507,
        Misconfigured,
        "该IP调用请求已被公众号管理员拒绝，请1小时后再试",
        "this IP was rejected by the admin, wait 1 h",
    )
    .advice_is(
        "1 小时内不要再从该 IP 取 token，并联系管理员。",
        "Fetch no token from this IP for 1 h and contact the admin.",
    ),
    Row::of(10_130_002, InvalidRequest, "参数错误", "invalid parameter"),
    Row::of(
        10_130_030,
        NotPermitted,
        "小程序账号无权限(须为非个人主体)",
        "no permission (a personal Mini Program)",
    ),
    Row::of(10_130_600, InvalidRequest, "corpid不合法", "invalid corpid"),
    Row::of(10_130_601, InvalidRequest, "corpid不合法", "invalid corpid"),
    Row::of(
        10_130_602,
        InvalidRequest,
        "corpid与小程序实体名称不一致",
        "corp and Mini Program entities differ",
    )
    .advice_is(
        "换用与小程序同一主体的企业。",
        "Use a corp of the same entity as the Mini Program.",
    ),
    Row::of(10_130_603, WrongState, "已经绑定", "already bound").advice_is(
        "用 customservice/work/get 查看现有绑定；要更换须先解绑。",
        "See the binding with customservice/work/get; unbind it before binding another.",
    ),
    Row::of(10_130_604, WrongState, "尚未绑定", "not bound yet").advice_is(
        "先调用 customservice/work/bind 绑定。",
        "Bind with customservice/work/bind first.",
    ),
];
