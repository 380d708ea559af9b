// An account and the pushes that it gets; WeChat's part is played by the same account.

import { Account } from "wxkf";

export const OPTIONS = {
  kind: "official_account",
  appId: "wx0123456789abcdef",
  token: "callbackToken",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};

export const NOW = 1_763_700_000_000;

const USER = "<ToUserName>gh_0123456789ab</ToUserName><FromUserName>oUser</FromUserName>";

/** A text as WeChat writes it. */
export function textMessage(content = "hello", id = "23241477706429916") {
  return `<xml>${USER}<CreateTime>${NOW / 1000}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${content}]]></Content><MsgId>${id}</MsgId></xml>`;
}

/** A message, sealed: query string and body. */
export function push(message = textMessage(), options = OPTIONS) {
  const account = new Account(options);
  const sealed = account.seal(message, { now: NOW });
  const format = message.startsWith("{") ? "json" : "xml";
  const made = { query: sealed.query, body: sealed.pushBody(format, "gh_0123456789ab") };
  account.free();
  return made;
}

/** A message that is not sealed. */
export function plainPush(message, options) {
  const account = new Account({ ...options, encodingAesKey: undefined, mode: "plain" });
  const signature = account.sign(String(NOW / 1000), "7");
  account.free();
  return { query: `signature=${signature}&timestamp=${NOW / 1000}&nonce=7`, body: message };
}

/** What a test expects to be thrown. */
export function thrownAs(code, field) {
  return (error) => {
    if (error.code !== code || error.field !== field) throw new Error(`got ${error} [${error.field}]`, { cause: error });
    return true;
  };
}
