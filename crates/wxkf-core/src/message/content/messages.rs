use crate::fields::records;

records! {
    /// A text. A sticker and whatever else a chat cannot carry arrives as a text too: see
    /// [`Inbound::is_unsupported_placeholder`](crate::Inbound::is_unsupported_placeholder).
    Text {
        /// `Content`: may hold control characters, emoji, `]]>`; may be empty.
        content: Text = "Content",
        /// `bizmsgmenuid`: present when the user tapped an item of a msgmenu; equals that item's
        /// id (string).
        bizmsgmenuid: Word = "bizmsgmenuid",
    }

    /// A picture.
    Image {
        /// `PicUrl`: short-lived http(s) link.
        pic_url: Word = "PicUrl",
        /// `MediaId`: temporary media id.
        media_id: Word = "MediaId",
    }

    /// A voice message.
    Voice {
        /// `MediaId`: 8 kHz speech, usually amr.
        media_id: Word = "MediaId",
        /// `Format`: amr, speex.
        format: Word = "Format",
        /// `MediaId16K`: 16 kHz copy (doc since 2024-05); capital K.
        media_id_16k: Word = "MediaId16K",
        /// `Recognition`: speech-to-text; withdrawn mid-2023, then empty or absent.
        recognition: Text = "Recognition",
    }

    /// A video.
    Video {
        /// `MediaId`.
        media_id: Word = "MediaId",
        /// `ThumbMediaId`.
        thumb_media_id: Word = "ThumbMediaId",
    }

    /// A short video (小视频).
    ShortVideo {
        /// `MediaId`.
        media_id: Word = "MediaId",
        /// `ThumbMediaId`.
        thumb_media_id: Word = "ThumbMediaId",
    }

    /// A place.
    Location {
        /// `Location_X`: latitude, as decimal text.
        location_x: Word = "Location_X",
        /// `Location_Y`: longitude, as decimal text.
        location_y: Word = "Location_Y",
        /// `Scale`: map zoom.
        scale: Int = "Scale",
        /// `Label`: address text, may be empty.
        label: Text = "Label",
    }

    /// A link.
    Link {
        /// `Title`.
        title: Text = "Title",
        /// `Description`.
        description: Text = "Description",
        /// `Url`.
        url: Word = "Url",
    }

    /// A card of a mini program.
    MiniProgramPage {
        /// `Title`.
        title: Text = "Title",
        /// `AppId`: appid of the card's mini program (inside the message, not the ciphertext
        /// trailer).
        app_id: Word = "AppId",
        /// `PagePath`.
        page_path: Word = "PagePath",
        /// `ThumbUrl`.
        thumb_url: Word = "ThumbUrl",
        /// `ThumbMediaId`: listed in docs, missing in some captures.
        thumb_media_id: Word = "ThumbMediaId",
    }

    /// A file; not in the public documents, and nothing downloads it.
    File {
        /// `Title`: file name.
        title: Text = "Title",
        /// `Description`: null or empty.
        description: Text = "Description",
        /// `FileKey`.
        file_key: Word = "FileKey",
        /// `FileMd5`.
        file_md5: Word = "FileMd5",
        /// `FileTotalLen`.
        file_total_len: Int = "FileTotalLen",
    }

    /// Data of the retired hardware platform.
    DeviceText {
        /// `DeviceType`.
        device_type: Word = "DeviceType",
        /// `DeviceID`.
        device_id: Word = "DeviceID",
        /// `Content`: base64.
        content: Text = "Content",
        /// `SessionID`.
        session_id: Int = "SessionID",
        /// `OpenID`.
        open_id: Word = "OpenID" | "openid",
    }

    /// An event of the retired hardware platform.
    DeviceEvent {
        /// `DeviceType`.
        device_type: Word = "DeviceType",
        /// `DeviceID`.
        device_id: Word = "DeviceID",
        /// `OpType`.
        op_type: Int = "OpType",
        /// `OpenID`.
        open_id: Word = "OpenID" | "openid",
    }
}
