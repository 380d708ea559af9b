package dev.wxkf;

import com.sun.jna.Memory;
import dev.wxkf.Layout.Buf;
import dev.wxkf.Layout.Bytes;
import dev.wxkf.Layout.Size;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The memory of one call: its arguments and results stay until it is closed. Arguments are wiped then. */
final class Call implements AutoCloseable {
    private final List<Memory> arguments = new ArrayList<>();
    private final List<Buf> results = new ArrayList<>();
    /** Where a failure goes. */
    final Buf error = result();

    /** Bytes for the library. */
    Bytes.Value bytes(byte[] bytes, String name) {
        return maybeBytes(Given.present(bytes, name));
    }

    /** The same; null is nothing. */
    Bytes.Value maybeBytes(byte[] bytes) {
        Bytes.Value value = new Bytes.Value();
        fill(value, bytes);
        return value;
    }

    /** A text for the library. */
    Bytes.Value text(String text, String name) {
        return maybeText(Given.present(text, name), name);
    }

    /** The same; null is nothing. */
    Bytes.Value maybeText(String text, String name) {
        return maybeBytes(utf8(text, name));
    }

    /** The same into a field of a structure. */
    void text(Bytes into, String text, String name) {
        fill(into, utf8(text, name));
    }

    /** A result to be written. */
    Buf result() {
        Buf buf = new Buf();
        results.add(buf);
        return buf;
    }

    /** What was written. */
    byte[] take(Buf buf) {
        return buf.ptr == null ? new byte[0] : buf.ptr.getByteArray(0, buf.len.intValue());
    }

    /** What was written, as text. */
    String takeText(Buf buf) {
        return new String(take(buf), StandardCharsets.UTF_8);
    }

    /** Throws what a status other than OK stands for. */
    void check(int status) {
        if (status == 0) return;
        String json = takeText(error);
        throw new WxkfException(
                orElse(JsonText.text(json, "code"), Lib.C.wxkf_status_name(status).text()),
                orElse(JsonText.text(json, "origin"), Lib.C.wxkf_status_origin(status).text()),
                JsonText.text(json, "field"),
                JsonText.text(json, "detail"),
                orElse(JsonText.text(json, "message"), "status " + Integer.toUnsignedString(status)));
    }

    @Override
    public void close() {
        for (Buf buf : results) if (buf.ptr != null) Lib.C.wxkf_buf_free(buf);
        for (Memory memory : arguments) {
            memory.clear();
            memory.close();
        }
    }

    private void fill(Bytes into, byte[] bytes) {
        if (bytes == null) return;
        // No bytes are not nothing: that has a pointer, too.
        Memory memory = new Memory(Math.max(1, bytes.length));
        arguments.add(memory);
        memory.write(0, bytes, 0, bytes.length);
        into.ptr = memory;
        into.len = new Size(bytes.length);
    }

    private static String orElse(String text, String otherwise) {
        return text != null ? text : otherwise;
    }

    private static byte[] utf8(String text, String name) {
        if (text == null) return null;
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException unpaired) {
            throw WxkfException.argument(name, "an unpaired surrogate");
        }
    }
}
