//! Calls of the platform's API, by name.

use wasm_bindgen::prelude::wasm_bindgen;
use wxkf_core::api::{self, Response};
use wxkf_core::{AccountKind, text};

use crate::{Thrown, thrown};

/// A request.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Request(api::Request);

#[wasm_bindgen]
impl Request {
    /// Of a call, by its name and its parameters as JSON; of an account of that kind, if it is told.
    #[wasm_bindgen(constructor)]
    pub fn new(endpoint: &str, params: &str, kind: Option<String>) -> Result<Self, Thrown> {
        let request = match kind.as_deref().and_then(AccountKind::from_name) {
            Some(kind) => api::request_for(endpoint, params, kind),
            None => api::request(endpoint, params),
        };
        request.map(Self).map_err(|error| thrown(&error))
    }

    /// The JSON of [`wxkf_json::request`].
    pub fn head(&self) -> String {
        wxkf_json::request(&self.0)
    }

    /// The bytes to send.
    pub fn body(&self) -> Vec<u8> {
        self.0.body().into()
    }
}

/// The JSON of [`wxkf_json::outcome`]; the bytes of a file are the body, and are not in it.
#[wasm_bindgen]
pub fn decode_response(
    endpoint: &str,
    status: u16,
    content_type: Option<String>,
    content_disposition: Option<String>,
    body: &[u8],
) -> Result<String, Thrown> {
    let mut response = Response::new(status, body);
    if let Some(value) = &content_type {
        response = response.content_type(value);
    }
    if let Some(value) = &content_disposition {
        response = response.content_disposition(value);
    }
    let outcome = api::decode_beside(endpoint, response);
    outcome.map(|outcome| wxkf_json::outcome(&outcome)).map_err(|error| thrown(&error))
}

/// The JSON of [`wxkf_json::split`].
#[wasm_bindgen]
pub fn split_text(text: &str, max_bytes: u32, max_parts: u32) -> String {
    let limit = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    wxkf_json::split(&text::split(text, limit(max_bytes), limit(max_parts)))
}
