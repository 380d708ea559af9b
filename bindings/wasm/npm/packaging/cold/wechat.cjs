// The same work with wechat-crypto and xml2js.
const { readFileSync } = require("node:fs");

const push = JSON.parse(readFileSync(process.argv[2], "utf8"));
const body = Buffer.from(push.body);
const began = performance.now();
const WXBizMsgCrypt = require("wechat-crypto");
const { parseString } = require("xml2js");
const { token, encodingAesKey, appId } = push.account;
const crypt = new WXBizMsgCrypt(token, encodingAesKey, appId);
const query = new URLSearchParams(push.query);
const options = { explicitArray: false };
parseString(body.toString(), options, (error, outer) => {
  if (error) throw error;
  const { Encrypt } = outer.xml;
  const signature = crypt.getSignature(query.get("timestamp"), query.get("nonce"), Encrypt);
  if (signature !== query.get("msg_signature")) throw new Error("signature");
  const { message, id } = crypt.decrypt(Encrypt);
  if (id !== appId) throw new Error("id");
  parseString(message, options, (error, inner) => {
    if (error) throw error;
    const took = performance.now() - began;
    if (inner.xml.Content !== push.content) throw new Error("another text");
    console.log(took);
  });
});
