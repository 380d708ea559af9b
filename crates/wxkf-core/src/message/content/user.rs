use alloc::vec::Vec;

use crate::fields::{Id, records};

records! {
    /// A user follows the account. [`SceneKey`](super::SceneKey) is what its key says.
    Subscribe<'a> {
        /// `EventKey`: empty, `qrscene_<scene>`, `last_trade_no_<number>`, `scanbarcode|…` or
        /// `scanimage|…`; [`Subscribe::scene_key`] takes it apart.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `Ticket`: only when subscribed through a parametric code.
        ticket: Option<&'a str> = Word("Ticket"),
    }

    /// A user no longer follows the account: delete the data; nothing can be sent.
    Unsubscribe<'a> {
        /// `EventKey`: empty.
        event_key: Option<&'a str> = Text("EventKey"),
    }

    /// A follower scanned a parametric QR code; the key is the bare scene.
    Scan<'a> {
        /// `EventKey`: scene value without qrscene_ prefix.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `Ticket`.
        ticket: Option<&'a str> = Word("Ticket"),
    }

    /// The position that the app reports by itself; each value may be empty.
    LocationReport<'a> {
        /// `Latitude`: element may be empty.
        latitude: Option<&'a str> = Word("Latitude"),
        /// `Longitude`: element may be empty.
        longitude: Option<&'a str> = Word("Longitude"),
        /// `Precision`: element may be empty.
        precision: Option<&'a str> = Word("Precision"),
    }

    /// A tap on a menu item of type `click`.
    Click<'a> {
        /// `EventKey`: the menu key.
        event_key: Option<&'a str> = Text("EventKey"),
    }

    /// A tap on a menu item that opens a page.
    View<'a> {
        /// `EventKey`: the URL.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `MenuId`: id of the conditional menu.
        menu_id: Option<Id<'a>> = Id("MenuId"),
    }

    /// A tap on a menu item that opens a mini program.
    ViewMiniprogram<'a> {
        /// `EventKey`: mini program path.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `MenuId`.
        menu_id: Option<Id<'a>> = Id("MenuId"),
    }

    /// What was scanned.
    ScanCodeInfo<'a> {
        /// `ScanType`: usually qrcode.
        scan_type: Option<&'a str> = Word("ScanType"),
        /// `ScanResult`.
        scan_result: Option<&'a str> = Text("ScanResult"),
    }

    /// A tap on a menu item that scans a code.
    ScanCode<'a> {
        /// `EventKey`.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `ScanCodeInfo`.
        scan_code_info: Option<ScanCodeInfo<'a>> = One("ScanCodeInfo"),
    }

    /// One picture.
    SentPic<'a> {
        /// `PicMd5Sum`.
        pic_md5_sum: Option<&'a str> = Word("PicMd5Sum"),
    }

    /// The pictures that were sent.
    SendPicsInfo<'a> {
        /// `Count`: may disagree with the list, may be 0 or come after the list.
        count: Option<i64> = Int("Count"),
        /// `PicList`.
        pic_list: Vec<SentPic<'a>> = Many("PicList"),
    }

    /// A tap on a menu item that sends pictures; they follow as messages.
    SendPics<'a> {
        /// `EventKey`.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `SendPicsInfo`.
        send_pics_info: Option<SendPicsInfo<'a>> = One("SendPicsInfo"),
    }

    /// The place that was chosen.
    SendLocationInfo<'a> {
        /// `Location_X`: latitude as text.
        location_x: Option<&'a str> = Word("Location_X"),
        /// `Location_Y`: longitude as text.
        location_y: Option<&'a str> = Word("Location_Y"),
        /// `Scale`.
        scale: Option<&'a str> = Word("Scale"),
        /// `Label`.
        label: Option<&'a str> = Text("Label"),
        /// `Poiname`.
        poiname: Option<&'a str> = Text("Poiname"),
    }

    /// A tap on a menu item that chooses a place.
    LocationSelect<'a> {
        /// `EventKey`.
        event_key: Option<&'a str> = Text("EventKey"),
        /// `SendLocationInfo`.
        send_location_info: Option<SendLocationInfo<'a>> = One("SendLocationInfo"),
    }

    /// The scan.
    GuideScanEvent<'a> {
        /// `qrcode_guide_account`.
        qrcode_guide_account: Option<&'a str> = Word("qrcode_guide_account"),
        /// `qrcode_guide_openid`.
        qrcode_guide_openid: Option<&'a str> = Word("qrcode_guide_openid"),
        /// `openid`.
        openid: Option<&'a str> = Word("openid"),
        /// `action`.
        action: Option<i64> = Int("action"),
        /// `qrcode_info`.
        qrcode_info: Option<&'a str> = Text("qrcode_info"),
    }

    /// A scan of a guide's (导购) code.
    GuideQrcodeScanEvent<'a> {
        /// `GuideScanEvent`.
        guide_scan_event: Option<GuideScanEvent<'a>> = One("GuideScanEvent"),
    }
}
