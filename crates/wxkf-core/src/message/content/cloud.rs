use crate::fields::records;

records! {
    /// 微信云托管 asks whether anything answers at the path that was set for pushes: answer `success`. It has
    /// no signature, as no push of 微信云托管 has one.
    CheckContainerPath<'a> {
        /// `action`.
        action: Option<&'a str> = Word("action"),
    }
}
