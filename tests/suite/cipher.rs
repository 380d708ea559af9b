//! A host that brings its own AES: the same results, whatever it does, and nothing worse than a refusal
//! if it does it wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use wxkf_core::{Account, AccountKind, Aes256Cbc, Format, Query, Seal, Timestamp};

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
    let sealed = account.seal(xml.as_bytes(), Seal::new([7; 16], NOW).nonce("n")).unwrap();
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
