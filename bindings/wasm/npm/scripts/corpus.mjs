// What is measured with: text pushes whose inner message has a size, two thirds of its bytes ASCII and one
// third Chinese, as a bot in China would see them.

/** The account of both sides. */
export const ACCOUNT = {
  kind: "official_account",
  appId: "wx0123456789abcdef",
  token: "callbackToken",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};
/** The moment of the pushes, in seconds. */
export const SECONDS = 1_763_700_000;
export const TO = "gh_0123456789ab";

/** An inner message of that many bytes. */
export function message(bytes) {
  const around = text("");
  const content = "order 7734, 客服";
  const room = bytes - Buffer.byteLength(around);
  const whole = Math.floor(room / Buffer.byteLength(content));
  const filled = content.repeat(whole);
  return text(filled + ".".repeat(room - Buffer.byteLength(filled)));
}

function text(content) {
  return (
    `<xml><ToUserName><![CDATA[${TO}]]></ToUserName>\n` +
    "<FromUserName><![CDATA[oUser0123456789abcdefghijklm]]></FromUserName>\n" +
    `<CreateTime>${SECONDS}</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n` +
    `<Content><![CDATA[${content}]]></Content>\n<MsgId>23241477706429916</MsgId>\n</xml>`
  );
}

/** A sealed push of that message, as it arrives: the query as text and by name, and the body. */
export function push(account, inner) {
  const options = { now: SECONDS * 1000, nonce: "486452656", random: new Uint8Array(16).fill(7) };
  const sealed = account.seal(inner, options);
  const { timestamp, nonce, msgSignature, query } = sealed;
  const body = Buffer.from(sealed.pushBody("xml", TO));
  return { query, timestamp, nonce, msgSignature, body };
}
