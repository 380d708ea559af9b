/// A file in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) filename: &'a str,
    pub(crate) bytes: &'a [u8],
}

/// The file named `name` in a `multipart/form-data` body (RFC 7578); `None` if there is none, or the
/// form is broken.
pub(crate) fn file<'a>(content_type: &str, body: &'a [u8], name: &str) -> Option<Part<'a>> {
    if !content_type.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
        return None;
    }
    let boundary = parameter(content_type, "boundary")?;
    let first = ["--", boundary].concat();
    let line = ["\r\n--", boundary].concat();
    // Before the first boundary there may be a preamble, which a line break ends.
    let mut rest = match body.strip_prefix(first.as_bytes()) {
        Some(rest) => rest,
        None => split(body, line.as_bytes())?.1,
    };
    while !rest.starts_with(b"--") {
        let (_, part) = split(rest, b"\r\n")?;
        let (part, after) = split(part, line.as_bytes())?;
        rest = after;
        // A part without headers begins with the empty line.
        let (headers, bytes) = match part.strip_prefix(b"\r\n") {
            Some(bytes) => (b"".as_slice(), bytes),
            None => split(part, b"\r\n\r\n")?,
        };
        let headers = core::str::from_utf8(headers).ok()?;
        let disposition = headers.split("\r\n").find_map(|header| {
            let (field, value) = header.split_once(':')?;
            field.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
        });
        let Some(disposition) = disposition else { continue };
        if parameter(disposition, "name") == Some(name) {
            return Some(Part { filename: parameter(disposition, "filename")?, bytes });
        }
    }
    None
}

/// A parameter of a header, quoted or not.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = header;
    loop {
        let (_, after) = rest.split_once(';')?;
        let (key, value) = after.split_once('=')?;
        let (value, next) = match value.trim_start().strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => {
                let end = value.find(';').unwrap_or(value.len());
                let (value, next) = value.split_at_checked(end)?;
                (value.trim(), next)
            }
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
}

/// What stands before and behind the first occurrence.
fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    let (before, after) = bytes.split_at_checked(at)?;
    Some((before, after.strip_prefix(mark)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &[u8] = b"preamble\r\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\
        \r\n--b\r\ncontent-disposition: form-data; filename=\"a; b.jpg\"; name=\"media\"\r\n\
        Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--c\r\n\xff\r\n--b--\r\n";

    #[test]
    fn the_file_is_found_by_its_name_with_all_of_its_bytes() {
        let found = Part { filename: "a; b.jpg", bytes: b"\xff\xd8\r\n--c\r\n\xff" };
        for content_type in [
            "multipart/form-data; boundary=b",
            "multipart/form-data; charset=utf-8; boundary=\"b\"",
            "Multipart/Form-Data;boundary=b ; x=y",
        ] {
            assert_eq!(file(content_type, FORM, "media"), Some(found), "{content_type}");
        }
        let body = &FORM[b"preamble\r\n".len()..];
        assert_eq!(file("multipart/form-data; boundary=b", body, "media"), Some(found));
    }

    #[test]
    fn what_is_no_form_or_has_no_such_file_gives_none() {
        let form = "multipart/form-data; boundary=b";
        assert_eq!(file(form, FORM, "other"), None);
        assert_eq!(file(form, FORM, "x"), None);
        assert_eq!(file("application/json", FORM, "media"), None);
        assert_eq!(file("multipart/form-data", FORM, "media"), None);
        for length in 0..FORM.len() {
            let found = file(form, &FORM[..length], "media");
            assert!(found.is_none() || length >= FORM.len() - 4, "{length}");
        }
        assert_eq!(file(form, b"--b\r\n\r\nno headers\r\n--b--", "media"), None);
    }
}
