// The npm driver of the conformance protocol (tests/README.md): one line in, one line out. It uses the
// public API of the package that it is handed, and nothing of the runtime.

import { isSound, rawMember } from "./lines.mjs";
import { conversation, dedupe, token } from "./steps.mjs";
import { BadLine, count, list, object, option, text } from "./want.mjs";

/** The function that answers lines by that package. */
export function driver(wxkf) {
  return (line) => {
    try {
      const ok = answer(wxkf, line);
      return ok instanceof Json ? `{"ok":${ok.text}}` : JSON.stringify({ ok });
    } catch (error) {
      return JSON.stringify({ error: failure(wxkf, error) });
    }
  };
}

function answer(wxkf, line) {
  let op;
  try {
    op = JSON.parse(line);
  } catch {
    throw new BadLine();
  }
  if (!isSound(op)) throw new BadLine();
  const run = object(op) && Object.hasOwn(OPS, op.op) && OPS[op.op];
  if (!run) throw new BadLine();
  return run(wxkf, op, line);
}

/** JSON that is ready. */
class Json {
  constructor(text) {
    this.text = text;
  }
}

function failure(wxkf, error) {
  if (error instanceof BadLine) return { code: "conform.bad_line" };
  if (!wxkf.isWxkfError(error)) throw error;
  // What this side of the package refuses has no name on the other.
  if (error.code.startsWith("binding.")) return { code: "conform.bad_line" };
  return { code: error.code, origin: error.origin, field: error.field };
}

const OPS = {
  verify_url(wxkf, op) {
    const [source, now] = [query(op), count(op.now)];
    return { echo: account(wxkf, op).verifyUrl(source, now) };
  },

  receive(wxkf, op) {
    const received = receive(wxkf, op);
    return {
      sealed: received.sealed,
      format: received.format,
      plaintext: received.plaintext,
      key_index: received.keyIndex,
      token_index: received.tokenIndex,
      inbound: inSeconds(received.inbound),
    };
  },

  decode(wxkf, op) {
    const { format, inbound, treeJson } = wxkf.decodeUnverified(body(op));
    const head = JSON.stringify({ format, inbound: inSeconds(inbound) });
    // Numbers as they are written, and names in their order, which JavaScript does not keep.
    return new Json(`${head.slice(0, -1)},"tree":${treeJson}}`);
  },

  reply(wxkf, op) {
    const options = { random: hex(op.random), nonce: option(text)(op.nonce), now: count(op.now) };
    if (op.reply === undefined) throw new BadLine();
    const on = account(wxkf, op);
    const { body, contentType } = on.reply(receive(wxkf, op, on), { ...op.reply }, options);
    return { body, content_type: contentType };
  },

  seal(wxkf, op) {
    const { timestamp: at } = op;
    const now = count(typeof at === "string" && /^\d+$/.test(at) ? Number(at) : at) * 1000;
    const [nonce, plaintext, format] = [op.nonce, op.plaintext, op.format].map(text);
    return account(wxkf, op).seal(plaintext, { random: hex(op.random), nonce, now }).replyBody(format);
  },

  open(wxkf, op) {
    // `open` asks about the seal, not about the time.
    const said = /(?:^|&)timestamp=(\d{1,12})(?:&|$)/.exec(text(op.query))?.[1] ?? "0";
    const now = option(count)(op.now) ?? Number(said) * 1000;
    const opened = account(wxkf, op).open(query(op), body(op), now);
    return utf8(opened) ?? { base64: base64(opened) };
  },

  request(wxkf, op, line) {
    // Parameters go in as they are written: JavaScript would round the ids among them.
    const params = rawMember(line, "params") ?? "{}";
    const kind = op.account == null ? undefined : object(op.account).kind;
    const { method, path, query, headers, body } = wxkf.request(text(op.endpoint), params, { kind });
    const answer = { method, path, query, content_type: headers["content-type"] };
    if (body === undefined) return answer;
    const written = typeof body === "string" ? body : utf8(body);
    return written === undefined ? { ...answer, body_base64: base64(body) } : { ...answer, body: written };
  },

  response(wxkf, op) {
    const outcome = wxkf.decode(text(op.endpoint), {
      status: count(op.status),
      contentType: option(text)(op.content_type),
      body: body(op),
    });
    if (!outcome.ok) return { rejected: outcome.rejection };
    const { media, ...accepted } = outcome.value;
    return { accepted: media ? { ...accepted, media_base64: base64(media) } : accepted };
  },

  split_text(wxkf, op) {
    const most = 2 ** 32 - 1;
    const [maxBytes, maxParts] = [count(op.max_bytes), count(op.parts)].map((limit) => Math.min(limit, most));
    return wxkf.splitText(text(op.text), { maxBytes, maxParts });
  },

  conversation,
  dedupe,
  token,
};

function account(wxkf, op) {
  const given = object(op.account);
  for (const name of Object.keys(given)) if (!ACCOUNT.includes(name)) throw new BadLine();
  return new wxkf.Account({
    kind: option(text)(given.kind) ?? "official_account",
    appId: option(text)(given.app_id) ?? "",
    token: option(text)(given.token) ?? "",
    encodingAesKey: option(text)(given.encoding_aes_key),
    previousEncodingAesKeys: list(given.previous_encoding_aes_keys),
    previousTokens: list(given.previous_tokens),
    acceptIds: list(given.accept_ids),
    mode: option(text)(given.mode),
    toleranceMs: given.tolerance_s == null ? undefined : count(given.tolerance_s) * 1000,
    maxBody: option(count)(given.max_body),
  });
}

const ACCOUNT = [
  "kind",
  "app_id",
  "token",
  "encoding_aes_key",
  "previous_encoding_aes_keys",
  "previous_tokens",
  "accept_ids",
  "mode",
  "tolerance_s",
  "max_body",
];

function receive(wxkf, op, on = account(wxkf, op)) {
  return on.receive(query(op), body(op), count(op.now));
}

/** The raw query string; one that looks like a URL is marked as a query. */
function query(op) {
  const raw = text(op.query);
  return /^(https?:\/\/|[/?])/i.test(raw) ? `?${raw}` : raw;
}

function body({ body, body_base64 }) {
  if (body_base64 == null) return option(text)(body) ?? "";
  if (body != null) throw new BadLine();
  try {
    return Uint8Array.from(atob(text(body_base64)), (char) => char.charCodeAt(0));
  } catch {
    throw new BadLine();
  }
}

function inSeconds(inbound) {
  return { ...inbound, created: inbound.created === null ? null : inbound.created / 1000 };
}

function hex(digits) {
  if (!/^[0-9a-f]{32}$/i.test(text(digits))) throw new BadLine();
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function base64(bytes) {
  let latin = "";
  for (const byte of bytes) latin += String.fromCharCode(byte);
  return btoa(latin);
}
