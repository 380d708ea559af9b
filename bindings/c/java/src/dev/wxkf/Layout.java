package dev.wxkf;

import com.sun.jna.IntegerType;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.nio.charset.StandardCharsets;

/** The structures of wxkf.h. They are public inside because JNA has to reach their fields. */
final class Layout {
    /** Instead of a moment or a number: there is none. */
    static final long NONE = -1L;

    private Layout() {}

    /** A moment or a number, or null. */
    static Long optional(long value) {
        return value == NONE ? null : value;
    }

    /** {@code size_t}. */
    public static final class Size extends IntegerType {
        private static final long serialVersionUID = 1L;

        public Size() {
            this(0);
        }

        public Size(long value) {
            super(Native.SIZE_T_SIZE, value, true);
        }
    }

    /** Bytes that are borrowed. */
    @FieldOrder({"ptr", "len"})
    public static class Bytes extends Structure {
        public Pointer ptr;
        public Size len = new Size();

        /** A copy, or null if there are none. */
        byte[] copy() {
            if (ptr == null) return null;
            return ptr.getByteArray(0, len.intValue());
        }

        /** A copy as text, or null if there is none. */
        String text() {
            byte[] bytes = copy();
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        }

        /** The same, passed and returned by its value. */
        public static final class Value extends Bytes implements Structure.ByValue {}
    }

    /** An option of an account. */
    @FieldOrder({"name", "value"})
    public static final class Option extends Structure {
        public Bytes name;
        public Bytes value;
    }

    /** Bytes that are ours until they are freed. */
    @FieldOrder({"ptr", "len", "cap"})
    public static final class Buf extends Structure {
        public Pointer ptr;
        public Size len = new Size();
        public Size cap = new Size();
    }

    /** A no of our own record. */
    @FieldOrder({"reason", "retryAt"})
    public static final class Refused extends Structure {
        public Bytes reason;
        public long retryAt;

        /** The value, or null if nothing was refused. */
        Refusal value() {
            String why = reason.text();
            return why == null ? null : new Refusal(why, optional(retryAt));
        }
    }

    /** One message of the quota, or a no. */
    @FieldOrder({"id", "sure", "refusal"})
    public static final class Held extends Structure {
        public long id;
        public byte sure;
        public Refused refusal;
    }

    /** What came of settling. */
    @FieldOrder({"name", "retryAfterMs"})
    public static final class Settling extends Structure {
        public Bytes name;
        public long retryAfterMs;
    }

    /** How many messages may be sent. */
    @FieldOrder({"atLeast", "atMost", "held", "closesAt"})
    public static final class Allowed extends Structure {
        public int atLeast;
        public int atMost;
        public int held;
        public long closesAt;
    }

    /** What to do about the token. */
    @FieldOrder({"fetch", "force", "waitUntil"})
    public static final class Action extends Structure {
        public long fetch;
        public byte force;
        public long waitUntil;
    }

    /** What most programs ask of a push. */
    @FieldOrder({
        "from", "to", "msgId", "kind", "trigger", "content", "event", "eventKey", "format", "plaintext", "created",
        "keyIndex", "tokenIndex", "sealed", "wantsErrCode"
    })
    public static final class View extends Structure {
        public Bytes from;
        public Bytes to;
        public Bytes msgId;
        public Bytes kind;
        public Bytes trigger;
        public Bytes content;
        public Bytes event;
        public Bytes eventKey;
        public Bytes format;
        public Bytes plaintext;
        public long created;
        public int keyIndex;
        public int tokenIndex;
        public byte sealed;
        public byte wantsErrCode;
    }
}
