package dev.wxkf;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A message as WeChat seals it.
 *
 * @param body the document to send
 * @param encrypt what stands in {@code Encrypt}
 * @param msgSignature the signature over all of it
 * @param timestamp in seconds, as it is signed
 * @param nonce as it is signed
 */
public record Sealed(String body, String encrypt, String msgSignature, String timestamp, String nonce) {
    /** What belongs to the URL of a push.
     * @return the raw query string */
    public String query() {
        return "encrypt_type=aes&msg_signature=" + msgSignature + "&timestamp=" + timestamp + "&nonce="
                + URLEncoder.encode(nonce, StandardCharsets.UTF_8);
    }
}
