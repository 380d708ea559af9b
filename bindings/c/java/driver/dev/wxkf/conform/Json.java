package dev.wxkf.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a line, with its text exactly as it is written. The value is a Map or List of these, a String, a
 * Boolean, or null for {@code null} and for numbers, of which only the text counts.
 */
record Json(String raw, Object value) {
    private static final int MOST_DEPTH = 127;

    /** Reads a line, strictly. */
    static Json parse(String line) {
        Reader reader = new Reader(line);
        Json json = reader.value(0);
        reader.space();
        if (reader.at != line.length()) throw new BadLine();
        return json;
    }

    boolean isNull() {
        return raw.equals("null");
    }

    /** A text as the protocol writes it. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }

    private static final class Reader {
        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        Json value(int depth) {
            space();
            int start = at;
            Object value = switch (peek()) {
                case '{' -> object(depth);
                case '[' -> list(depth);
                case '"' -> text();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
            return new Json(line.substring(start, at), value);
        }

        void space() {
            while (at < line.length() && " \t\r\n".indexOf(line.charAt(at)) >= 0) at++;
        }

        private char peek() {
            return at < line.length() ? line.charAt(at) : '\0';
        }

        private boolean take(char c) {
            if (peek() != c || at >= line.length()) return false;
            at++;
            return true;
        }

        private void want(char c) {
            if (!take(c)) throw new BadLine();
        }

        private Map<String, Json> object(int depth) {
            if (depth == MOST_DEPTH) throw new BadLine();
            Map<String, Json> members = new LinkedHashMap<>();
            want('{');
            space();
            if (take('}')) return members;
            do {
                space();
                if (peek() != '"') throw new BadLine();
                String name = text();
                space();
                want(':');
                members.put(name, value(depth + 1));
                space();
            } while (take(','));
            want('}');
            return members;
        }

        private List<Json> list(int depth) {
            if (depth == MOST_DEPTH) throw new BadLine();
            List<Json> items = new ArrayList<>();
            want('[');
            space();
            if (take(']')) return items;
            do {
                items.add(value(depth + 1));
                space();
            } while (take(','));
            want(']');
            return items;
        }

        private Object word(String word, Object value) {
            if (!line.startsWith(word, at)) throw new BadLine();
            at += word.length();
            return value;
        }

        private Object number() {
            take('-');
            if (!take('0')) digits();
            if (take('.')) digits();
            if (take('e') || take('E')) {
                if (!take('+')) take('-');
                digits();
            }
            return null;
        }

        private void digits() {
            int start = at;
            while (peek() >= '0' && peek() <= '9') at++;
            if (at == start) throw new BadLine();
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            want('"');
            while (!take('"')) {
                char c = peek();
                if (c < ' ') throw new BadLine();
                at++;
                text.append(c == '\\' ? escape() : c);
            }
            for (int i = 0; i < text.length(); i++) {
                int point = text.codePointAt(i);
                if (point >= 0xd800 && point < 0xe000) throw new BadLine();
                if (point > 0xffff) i++;
            }
            return text.toString();
        }

        private char escape() {
            char c = peek();
            at++;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> hex();
                default -> throw new BadLine();
            };
        }

        private char hex() {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
                if (digit < 0) throw new BadLine();
                code = code * 16 + digit;
                at++;
            }
            return (char) code;
        }
    }
}
