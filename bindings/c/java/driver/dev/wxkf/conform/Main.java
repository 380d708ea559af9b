package dev.wxkf.conform;

import dev.wxkf.WxkfException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The Java driver of the conformance protocol (tests/README.md): one line in, one line out. */
final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        try (InputStream in = new BufferedInputStream(System.in);
                OutputStream out = new BufferedOutputStream(System.out)) {
            for (String line = line(in); line != null; line = line(in)) {
                out.write((answer(line) + "\n").getBytes(StandardCharsets.UTF_8));
                if (in.available() == 0) out.flush();
            }
        }
    }

    private static String answer(String line) {
        try {
            return "{\"ok\":" + Ops.run(Want.object(Json.parse(line))) + "}";
        } catch (BadLine bad) {
            return "{\"error\":{\"code\":\"conform.bad_line\"}}";
        } catch (WxkfException error) {
            // What the binding refuses has no name in the protocol.
            if (error.code().equals("binding.argument_invalid")) return answer("");
            String field = error.field() == null ? "" : ",\"field\":" + Json.quote(error.field());
            return "{\"error\":{\"code\":" + Json.quote(error.code()) + ",\"origin\":" + Json.quote(error.origin())
                    + field + "}}";
        }
    }

    /** The next line without its line feed; not by a reader, for which a carriage return ends one, too. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) return null;
        for (; c >= 0 && c != '\n'; c = in.read()) line.write(c);
        return line.toString(StandardCharsets.UTF_8);
    }
}
