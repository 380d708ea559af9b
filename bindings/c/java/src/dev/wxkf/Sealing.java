package dev.wxkf;

import java.security.SecureRandom;

/** What a seal needs besides the message. */
final class Sealing {
    private static final SecureRandom SECURE = new SecureRandom();

    private Sealing() {}

    /** Sixteen bytes that nobody can guess. */
    static byte[] random() {
        byte[] random = new byte[16];
        SECURE.nextBytes(random);
        return random;
    }

    /** Digits, as WeChat's nonces are. */
    static String nonce() {
        return Integer.toUnsignedString(SECURE.nextInt());
    }
}
