use crate::fields::records;

records! {
    /// A user follows the account. [`SceneKey`](super::SceneKey) is what its key says.
    Subscribe {
        /// `EventKey`: empty, `qrscene_<scene>`, `last_trade_no_<number>`, `scanbarcode|…` or
        /// `scanimage|…`; [`Subscribe::scene_key`] takes it apart.
        event_key: Text = "EventKey",
        /// `Ticket`: only when subscribed through a parametric code.
        ticket: Word = "Ticket",
    }

    /// A user no longer follows the account: delete the data; nothing can be sent.
    Unsubscribe {
        /// `EventKey`: empty.
        event_key: Text = "EventKey",
    }

    /// A follower scanned a parametric QR code; the key is the bare scene.
    Scan {
        /// `EventKey`: scene value without qrscene_ prefix.
        event_key: Text = "EventKey",
        /// `Ticket`.
        ticket: Word = "Ticket",
    }

    /// The position that the app reports by itself; each value may be empty.
    LocationReport {
        /// `Latitude`: element may be empty.
        latitude: Word = "Latitude",
        /// `Longitude`: element may be empty.
        longitude: Word = "Longitude",
        /// `Precision`: element may be empty.
        precision: Word = "Precision",
    }

    /// A tap on a menu item of type `click`.
    Click {
        /// `EventKey`: the menu key.
        event_key: Text = "EventKey",
    }

    /// A tap on a menu item that opens a page.
    View {
        /// `EventKey`: the URL.
        event_key: Text = "EventKey",
        /// `MenuId`: id of the conditional menu.
        menu_id: Id = "MenuId",
    }

    /// A tap on a menu item that opens a mini program.
    ViewMiniprogram {
        /// `EventKey`: mini program path.
        event_key: Text = "EventKey",
        /// `MenuId`.
        menu_id: Id = "MenuId",
    }

    /// What was scanned.
    ScanCodeInfo {
        /// `ScanType`: usually qrcode.
        scan_type: Word = "ScanType",
        /// `ScanResult`.
        scan_result: Text = "ScanResult",
    }

    /// A tap on a menu item that scans a code.
    ScanCode {
        /// `EventKey`.
        event_key: Text = "EventKey",
        /// `ScanCodeInfo`.
        scan_code_info: One(ScanCodeInfo) = "ScanCodeInfo",
    }

    /// One picture.
    SentPic {
        /// `PicMd5Sum`.
        pic_md5_sum: Word = "PicMd5Sum",
    }

    /// The pictures that were sent.
    SendPicsInfo {
        /// `Count`: may disagree with the list, may be 0 or come after the list.
        count: Int = "Count",
        /// `PicList`.
        pic_list: Many(SentPic) = "PicList",
    }

    /// A tap on a menu item that sends pictures; they follow as messages.
    SendPics {
        /// `EventKey`.
        event_key: Text = "EventKey",
        /// `SendPicsInfo`.
        send_pics_info: One(SendPicsInfo) = "SendPicsInfo",
    }

    /// The place that was chosen.
    SendLocationInfo {
        /// `Location_X`: latitude as text.
        location_x: Word = "Location_X",
        /// `Location_Y`: longitude as text.
        location_y: Word = "Location_Y",
        /// `Scale`.
        scale: Word = "Scale",
        /// `Label`.
        label: Text = "Label",
        /// `Poiname`.
        poiname: Text = "Poiname",
    }

    /// A tap on a menu item that chooses a place.
    LocationSelect {
        /// `EventKey`.
        event_key: Text = "EventKey",
        /// `SendLocationInfo`.
        send_location_info: One(SendLocationInfo) = "SendLocationInfo",
    }

    /// The scan.
    GuideScanEvent {
        /// `qrcode_guide_account`.
        qrcode_guide_account: Word = "qrcode_guide_account",
        /// `qrcode_guide_openid`.
        qrcode_guide_openid: Word = "qrcode_guide_openid",
        /// `openid`.
        openid: Word = "openid",
        /// `action`.
        action: Int = "action",
        /// `qrcode_info`.
        qrcode_info: Text = "qrcode_info",
    }

    /// A scan of a guide's (导购) code.
    GuideQrcodeScanEvent {
        /// `GuideScanEvent`.
        guide_scan_event: One(GuideScanEvent) = "GuideScanEvent",
    }
}
