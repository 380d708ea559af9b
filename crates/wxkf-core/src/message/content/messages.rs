use crate::fields::records;

records! {
    /// A text. A sticker and whatever else a chat cannot carry arrives as a text too: see
    /// [`Inbound::is_unsupported_placeholder`](crate::Inbound::is_unsupported_placeholder).
    Text<'a> {
        /// `Content`: may hold control characters, emoji, `]]>`; may be empty.
        content: Option<&'a str> = Text("Content"),
        /// `bizmsgmenuid`: present when the user tapped an item of a msgmenu; equals that item's
        /// id (string).
        bizmsgmenuid: Option<&'a str> = Word("bizmsgmenuid"),
    }

    /// A picture.
    Image<'a> {
        /// `PicUrl`: short-lived http(s) link.
        pic_url: Option<&'a str> = Word("PicUrl"),
        /// `MediaId`: temporary media id.
        media_id: Option<&'a str> = Word("MediaId"),
    }

    /// A voice message.
    Voice<'a> {
        /// `MediaId`: 8 kHz speech, usually amr.
        media_id: Option<&'a str> = Word("MediaId"),
        /// `Format`: amr, speex.
        format: Option<&'a str> = Word("Format"),
        /// `MediaId16K`: 16 kHz copy (doc since 2024-05); capital K.
        media_id_16k: Option<&'a str> = Word("MediaId16K"),
        /// `Recognition`: speech-to-text; withdrawn mid-2023, then empty or absent.
        recognition: Option<&'a str> = Text("Recognition"),
    }

    /// A video.
    Video<'a> {
        /// `MediaId`.
        media_id: Option<&'a str> = Word("MediaId"),
        /// `ThumbMediaId`.
        thumb_media_id: Option<&'a str> = Word("ThumbMediaId"),
    }

    /// A short video (小视频).
    ShortVideo<'a> {
        /// `MediaId`.
        media_id: Option<&'a str> = Word("MediaId"),
        /// `ThumbMediaId`.
        thumb_media_id: Option<&'a str> = Word("ThumbMediaId"),
    }

    /// A place.
    Location<'a> {
        /// `Location_X`: latitude, as decimal text.
        location_x: Option<&'a str> = Word("Location_X"),
        /// `Location_Y`: longitude, as decimal text.
        location_y: Option<&'a str> = Word("Location_Y"),
        /// `Scale`: map zoom.
        scale: Option<i64> = Int("Scale"),
        /// `Label`: address text, may be empty.
        label: Option<&'a str> = Text("Label"),
    }

    /// A link.
    Link<'a> {
        /// `Title`.
        title: Option<&'a str> = Text("Title"),
        /// `Description`.
        description: Option<&'a str> = Text("Description"),
        /// `Url`.
        url: Option<&'a str> = Word("Url"),
    }

    /// A card of a mini program.
    MiniProgramPage<'a> {
        /// `Title`.
        title: Option<&'a str> = Text("Title"),
        /// `AppId`: appid of the card's mini program (inside the message, not the ciphertext
        /// trailer).
        app_id: Option<&'a str> = Word("AppId"),
        /// `PagePath`.
        page_path: Option<&'a str> = Word("PagePath"),
        /// `ThumbUrl`.
        thumb_url: Option<&'a str> = Word("ThumbUrl"),
        /// `ThumbMediaId`: listed in docs, missing in some captures.
        thumb_media_id: Option<&'a str> = Word("ThumbMediaId"),
    }

    /// A file; not in the public documents, and nothing downloads it.
    File<'a> {
        /// `Title`: file name.
        title: Option<&'a str> = Text("Title"),
        /// `Description`: null or empty.
        description: Option<&'a str> = Text("Description"),
        /// `FileKey`.
        file_key: Option<&'a str> = Word("FileKey"),
        /// `FileMd5`.
        file_md5: Option<&'a str> = Word("FileMd5"),
        /// `FileTotalLen`.
        file_total_len: Option<i64> = Int("FileTotalLen"),
    }
}
