package dev.wxkf.conform;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What the protocol asks of the members of a line. Whatever is otherwise makes it a bad one. */
final class Want {
    private Want() {}

    @SuppressWarnings("unchecked")
    static Map<String, Json> object(Json json) {
        if (json != null && json.value() instanceof Map<?, ?> map) return (Map<String, Json>) map;
        throw new BadLine();
    }

    @SuppressWarnings("unchecked")
    static List<Json> list(Json json) {
        if (json != null && json.value() instanceof List<?> list) return (List<Json>) list;
        throw new BadLine();
    }

    static String text(Json json) {
        if (json != null && json.value() instanceof String text) return text;
        throw new BadLine();
    }

    static String maybeText(Json json) {
        return isAbsent(json) ? null : text(json);
    }

    /** A whole number from 0 on, of 64 bits; what Java cannot hold is its largest one. */
    static long count(Json json) {
        if (json == null || !json.raw().matches("[0-9]{1,20}")) throw new BadLine();
        return unsigned(json.raw());
    }

    static Long maybeCount(Json json) {
        return isAbsent(json) ? null : Long.valueOf(count(json));
    }

    /** A whole number of 64 bits. */
    static long whole(Json json) {
        if (json == null || !json.raw().matches("-?[0-9]{1,19}")) throw new BadLine();
        try {
            return Long.parseLong(json.raw());
        } catch (NumberFormatException tooLarge) {
            throw new BadLine();
        }
    }

    /** Seconds in milliseconds; more than fit are as many as fit. */
    static long millis(long seconds) {
        BigInteger millis = BigInteger.valueOf(seconds).multiply(BigInteger.valueOf(1000));
        return millis.bitLength() > 63 ? Long.MAX_VALUE : millis.longValue();
    }

    static long unsigned(String digits) {
        try {
            long number = Long.parseUnsignedLong(digits);
            return number < 0 ? Long.MAX_VALUE : number;
        } catch (NumberFormatException tooLarge) {
            throw new BadLine();
        }
    }

    /** Sixteen bytes in hexadecimal digits. */
    static byte[] random(Json json) {
        if (!text(json).matches("[0-9a-fA-F]{32}")) throw new BadLine();
        return HexFormat.of().parseHex(text(json));
    }

    /** The body of a line: a text, bytes in base64, or nothing. */
    static byte[] body(Map<String, Json> op) {
        String text = maybeText(op.get("body"));
        String base64 = maybeText(op.get("body_base64"));
        if (text != null && base64 != null) throw new BadLine();
        if (base64 == null) return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        try {
            if (base64.length() % 4 != 0) throw new BadLine();
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new BadLine();
        }
    }

    static boolean isAbsent(Json json) {
        return json == null || json.isNull();
    }
}
