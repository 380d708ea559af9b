//! A host that brings its own AES: the same results, whatever it does, and nothing worse than a refusal
//! if it does it wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wxkf_core::{Account, AccountKind, Aes256Cbc, Format, Fresh, Query, Timestamp};

use super::reference;

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

#[derive(Clone, Default)]
struct Host {
    calls: Arc<AtomicUsize>,
    does: Does,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Does {
    #[default]
    Aes,
    Garbage,
    Nothing,
}

impl Host {
    fn new(does: Does) -> Self {
        Self { does, ..Self::default() }
    }

    fn change(
        &self,
        blocks: &mut [u8],
        aes: impl FnOnce(&mut [Array<u8, aes::cipher::consts::U16>]),
    ) -> bool {
        assert!(!blocks.is_empty() && blocks.len() % 16 == 0);
        self.calls.fetch_add(1, Ordering::Relaxed);
        match self.does {
            Does::Aes => aes(Array::slice_as_chunks_mut(blocks).0),
            Does::Garbage => blocks.fill(0xa5),
            Does::Nothing => {}
        }
        self.does != Does::Nothing
    }
}

impl Aes256Cbc for Host {
    fn decrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool {
        self.change(blocks, |blocks| {
            cbc::Decryptor::<aes::Aes256>::new(key.into(), iv.into()).decrypt_blocks(blocks);
        })
    }

    fn encrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool {
        self.change(blocks, |blocks| {
            cbc::Encryptor::<aes::Aes256>::new(key.into(), iv.into()).encrypt_blocks(blocks);
        })
    }
}

fn account(host: Option<&Host>) -> Account {
    let builder = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
        .encoding_aes_key(KEY);
    match host {
        Some(host) => builder.cipher(host.clone()).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

fn push(account: &Account, text: &str) -> (String, String) {
    let xml = format!(
        "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><MsgType>text</MsgType><Content>{text}</Content></xml>"
    );
    let sealed = account.seal(xml.as_bytes(), Fresh::new([7; 16], NOW).nonce("n")).unwrap();
    let query = format!(
        "timestamp={}&nonce=n&msg_signature={}",
        sealed.timestamp(),
        sealed.msg_signature()
    );
    (query, sealed.to_push_body(Format::Xml, "gh"))
}

fn content(account: &Account, (query, body): &(String, String)) -> Result<String, &'static str> {
    let received = account.receive(&Query::parse(query).unwrap(), body.as_bytes(), NOW);
    let received = received.map_err(|error| error.code().name())?;
    Ok(received.inbound().field("Content").unwrap().into())
}

#[test]
fn the_host_and_the_crate_seal_and_open_alike() {
    for does in [Does::Aes, Does::Nothing] {
        let host = Host::new(does);
        for length in 0..100 {
            let text = "x".repeat(length);
            let (with, without) = (account(Some(&host)), account(None));
            assert_eq!(push(&with, &text), push(&without, &text));
            assert_eq!(content(&with, &push(&without, &text)), Ok(text));
        }
        assert_eq!(host.calls.load(Ordering::Relaxed), 200, "the host is asked each time");
    }
}

#[test]
fn a_host_that_does_it_wrong_opens_nothing() {
    let host = Host::new(Does::Garbage);
    let pushed = push(&account(None), "hi");
    assert_eq!(content(&account(Some(&host)), &pushed), Err("callback.ciphertext_invalid"));
}

#[test]
fn the_host_is_not_asked_before_the_signature_holds() {
    let host = Host::new(Does::Aes);
    let (query, body) = push(&account(None), "hi");
    let forged = (query, body.replace("hi", "ho").replacen('a', "b", 3));
    assert_eq!(content(&account(Some(&host)), &forged), Err("callback.signature_mismatch"));
    assert_eq!(host.calls.load(Ordering::Relaxed), 0);
}

/// The host of these tests panics if it is given anything else.
#[test]
fn the_host_is_given_whole_blocks_and_at_least_one() {
    let account = account(Some(&Host::new(Does::Aes)));
    for bytes in [0, 1, 15, 17] {
        let encrypt = STANDARD.encode(vec![7; bytes]);
        let signature = reference::signature(&["token", "1763700000", "n", &encrypt]);
        let query = format!("timestamp=1763700000&nonce=n&msg_signature={signature}");
        let body = format!("<xml><Encrypt>{encrypt}</Encrypt></xml>");
        let refused = content(&account, &(query, body));
        assert_eq!(refused, Err("callback.ciphertext_invalid"), "{bytes} bytes");
    }
}

/// The bytes at the beginning make two equal messages two different texts: all sixteen of them.
#[test]
fn every_random_byte_is_under_the_seal() {
    let account = account(None);
    // The last two bits of the key are not used, and base64 wants them to be zero.
    let key = STANDARD.decode(format!("{}E=", &KEY[..42])).unwrap();
    let inside = |random| {
        let sealed = account.seal(b"message", Fresh::new(random, NOW)).unwrap();
        reference::decrypt(&key, sealed.encrypt())
    };
    let random = core::array::from_fn(|at| u8::try_from(at).unwrap() + 1);
    assert_eq!(inside(random)[..16], random);
}

/// WeChat pads to 32 bytes, not to the cipher's 16.
#[test]
fn what_is_sealed_is_padded_to_32_bytes() {
    let account = account(None);
    for length in 0..70 {
        let sealed = account.seal(&vec![b'x'; length], Fresh::new([0; 16], NOW)).unwrap();
        let bytes = STANDARD.decode(sealed.encrypt()).unwrap().len();
        let frame = 16 + 4 + length + "wx0123456789abcdef".len();
        assert_eq!(bytes, (frame / 32 + 1) * 32, "{length}");
    }
}

/// What exactly was wrong is said to the host's log; a peer hears one code for all of it.
#[test]
fn a_frame_that_is_wrong_is_told_by_how() {
    let account = account(None);
    let key = STANDARD.decode(format!("{}E=", &KEY[..42])).unwrap();
    let detail = |plain: &[u8]| {
        let mut bytes = plain.to_vec();
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        let encryptor = cbc::Encryptor::<aes::Aes256>::new_from_slices(&key, &key[..16]);
        encryptor.unwrap().encrypt_blocks(blocks);
        let encrypt = STANDARD.encode(bytes);
        let signature = reference::signature(&["token", "1763700000", "n", &encrypt]);
        let query = format!("timestamp=1763700000&nonce=n&msg_signature={signature}");
        let body = format!("<xml><Encrypt>{encrypt}</Encrypt></xml>");
        let error = account.receive(&Query::parse(&query).unwrap(), body.as_bytes(), NOW);
        let error = error.unwrap_err();
        assert_eq!(error.code().name(), "callback.ciphertext_invalid");
        error.detail().unwrap().to_owned()
    };
    let padded =
        |content: &[u8], padding: u8| [content, &vec![padding; usize::from(padding)]].concat();
    assert_eq!(detail(&[0; 32]), "the padding length is not within 1..=32");
    assert_eq!(detail(&[33; 48]), "the padding length is not within 1..=32");
    assert_eq!(detail(&[32; 16]), "there is nothing but padding");
    let mut differs = padded(&[1; 16], 16);
    differs[16] = 15;
    assert_eq!(detail(&differs), "the padding bytes differ");
    assert_eq!(detail(&padded(&[], 32)), "there is no room for the length field");
    assert_eq!(detail(&padded(&[0; 19], 13)), "there is no room for the length field");
    assert_eq!(detail(&padded(&[1; 20], 12)), "the length field points beyond the buffer");
}
