// What every runtime and bundler has to do with the package. It imports nothing, so it runs unchanged
// wherever the package was loaded, and says the same line everywhere.

const NOW = 1_763_700_000_000;
const ACCOUNT = {
  kind: "official_account",
  appId: "wx0123456789abcdef",
  token: "callbackToken",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};
const TO = "gh_0123456789ab";
const MESSAGE = {
  xml:
    `<xml><ToUserName><![CDATA[${TO}]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName>` +
    "<CreateTime>1763700000</CreateTime><MsgType><![CDATA[text]]></MsgType>" +
    "<Content><![CDATA[你好 ]] > 😀]]></Content><MsgId>23241477706429916</MsgId></xml>",
  json:
    `{"ToUserName":"${TO}","FromUserName":"oUser","CreateTime":1763700000,"MsgType":"text",` +
    '"Content":"你好 ]] > 😀","MsgId":23241477706429916}',
};
const fixed = (byte) => ({ now: NOW, nonce: "486452656", random: new Uint8Array(16).fill(byte) });

/** Uses the package that it is given, and `wxkf/host` on top. Throws at the first thing that is wrong. */
export async function exercise(wxkf, host) {
  const seen = [];
  const same = (what, got, want) => {
    const [is, should] = [JSON.stringify(got), JSON.stringify(want)];
    if (is !== should) throw new Error(`${what}: ${is} is not ${should}`);
    seen.push(`${what} ${is}`);
  };

  const account = new wxkf.Account(ACCOUNT);
  verifyUrl(account, same);
  for (const format of ["xml", "json"]) seen.push(await receiveAndReply(wxkf, account, format, same));
  refuse(wxkf, account, same);
  count(wxkf, account, same);
  texts(wxkf, account, same);
  await bot(wxkf, host, account, same);
  account.free();
  return `exercise: ${seen.length} checks, digest ${digest(seen.join("\n"))}`;
}

function verifyUrl(account, same) {
  const signature = account.sign("1763700000", "n1");
  const query = `signature=${signature}&timestamp=1763700000&nonce=n1&echostr=4375120948345356249`;
  same("url, as a query", account.verifyUrl(query, NOW), "4375120948345356249");
  const url = `https://bot.example/wechat?${query}`;
  same("url, as an object", account.verifyUrl(new URL(url), NOW), "4375120948345356249");
}

async function receiveAndReply(wxkf, account, format, same) {
  const sealed = account.seal(MESSAGE[format], fixed(1));
  const body = sealed.pushBody(format, TO);

  const received = account.receive(sealed.query, new TextEncoder().encode(body), NOW);
  same(`${format}, gate`, [received.sealed, received.format, received.keyIndex], [true, format, 0]);
  same(`${format}, plaintext`, received.plaintext, MESSAGE[format]);
  const { kind, from, created, msg_id, content } = received.inbound;
  const text = "你好 ]] > 😀";
  same(`${format}, message`, [kind, from, created, msg_id], ["text", "oUser", NOW, "23241477706429916"]);
  same(`${format}, content`, content.content, text);

  const request = new Request(`https://bot.example/?${sealed.query}`, { method: "POST", body });
  const again = await account.receive(request, NOW);
  same(`${format}, as a request`, again.inbound.dedupe_key, received.inbound.dedupe_key);

  const answer = account.reply(received, `You wrote: ${text}`, fixed(2));
  const [type] = answer.contentType.split(";");
  same(`${format}, type of the answer`, type.endsWith(format), true);
  same(`${format}, answer`, opened(wxkf, account, answer.body), `You wrote: ${text}`);
  return body + answer.body;
}

/** What WeChat does with an answer: its signature covers it, and it opens with the same key. */
function opened(wxkf, account, answer) {
  const part = (name) => {
    const tag = new RegExp(`${name}"?[>:]\\s*(?:<!\\[CDATA\\[)?"?([^"\\]<,}]+)`);
    return tag.exec(answer)?.[1];
  };
  const query =
    `timestamp=${part("TimeStamp")}&nonce=${part("Nonce")}` +
    `&encrypt_type=aes&msg_signature=${part("MsgSignature")}`;
  return wxkf.decodeUnverified(account.open(query, answer, NOW)).inbound.content.content;
}

function refuse(wxkf, account, same) {
  const sealed = account.seal(MESSAGE.xml, fixed(3));
  const body = sealed.pushBody("xml", TO);
  const codeOf = (act) => {
    try {
      act();
    } catch (error) {
      return [wxkf.isWxkfError(error), error instanceof Error, error.code, error.origin];
    }
    return "nothing was thrown";
  };
  const forged = sealed.query.replace(sealed.msgSignature, "0".repeat(40));
  const refused = [true, true, "callback.signature_mismatch", "peer"];
  same("forged", codeOf(() => account.receive(forged, body, NOW)), refused);
  const argument = [true, true, "binding.argument_invalid", "caller"];
  same("argument", codeOf(() => account.receive(sealed.query, body, -1)), argument);
}

function count(wxkf, account, same) {
  const sealed = account.seal(MESSAGE.xml, fixed(4));
  const received = account.receive(sealed.query, sealed.pushBody("xml", TO), NOW);
  const conversation = new wxkf.Conversation("official_account");
  same("observed", conversation.observe(received, NOW), "new");
  same("observed again", conversation.observe(received, NOW + 1), "repeat");
  const before = conversation.allowance(NOW + 2).atMost;
  const reservation = conversation.reserve(NOW + 2);
  same("reserved", [reservation.ok, typeof reservation.id], [true, "number"]);
  same("settled", conversation.settle(reservation.id, "delivered", NOW + 3), { settled: "applied" });
  const restored = wxkf.Conversation.restore(conversation.snapshot(), "official_account");
  same("allowance", restored.allowance(NOW + 4).atMost, before - 1);
  conversation.free();
  restored.free();
}

function texts(wxkf, account, same) {
  const split = wxkf.splitText("你好".repeat(400), { maxBytes: 2048, maxParts: 1 });
  same("split", [split.parts.length, split.rest.length], [1, 800 - 682]);
  same("errcode", wxkf.errcode(45015).kind, "window_closed");
  const sealed = account.seal(MESSAGE.json, fixed(5));
  const explained = wxkf.explain(account, sealed.query, sealed.pushBody("json", TO), NOW);
  same("explained", [explained.accepted, explained.code], [true, null]);
  same("in words", explained.steps.every((step) => step.en !== "" && step.zh !== ""), true);
}

/** A bot around the same account; its answers are sealed with bytes that the runtime draws. */
async function bot(wxkf, host, account, same) {
  const { handle } = host.createBot({
    account,
    store: host.memoryStore(),
    token: async () => "none is needed",
    now: () => NOW,
    onMessage: ({ inbound }) => `You wrote: ${inbound.content.content}`,
    onError: () => {},
  });
  const sealed = account.seal(MESSAGE.xml, fixed(6));
  const request = (query) => {
    const body = sealed.pushBody("xml", TO);
    return new Request(`https://bot.example/?${query}`, { method: "POST", body });
  };
  const first = await handle(request(sealed.query));
  same("bot", [first.status, opened(wxkf, account, await first.text())], [200, "You wrote: 你好 ]] > 😀"]);
  same("bot, a repeat", await (await handle(request(sealed.query))).text(), "success");
  const forged = sealed.query.replace(sealed.msgSignature, "0".repeat(40));
  same("bot, forged", (await handle(request(forged))).status, 403);
}

// FNV-1a. It only has to differ when the texts do.
function digest(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
