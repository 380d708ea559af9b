//! What holds for every call, every message, every answer and every text that is split.

mod answers;
mod calls;
mod params;
mod texts;
mod uploads;

const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16];
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
