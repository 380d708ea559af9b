package dev.wxkf;

import java.util.ArrayList;
import java.util.List;

/** Reads members out of the JSON that the library writes, which is compact and right: nothing is checked. */
final class JsonText {
    private JsonText() {}

    /** The JSON of a member of an object, exactly as it is written, or null if there is none. */
    static String member(String json, String name) {
        String key = '"' + name + "\":";
        for (String member : parts(json)) if (member.startsWith(key)) return member.substring(key.length());
        return null;
    }

    /** A member that is a text, or null if there is none. */
    static String text(String json, String name) {
        String member = member(json, name);
        return member == null || !member.startsWith("\"") ? null : unquote(member);
    }

    /** The members of an object or the items of a list, as they are written. */
    static List<String> parts(String json) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 1;
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') at = endOfText(json, at);
            else if (c == '{' || c == '[') depth++;
            else if (c == '}' || c == ']') depth--;
            boolean ends = depth == 0 || depth == 1 && c == ',';
            if (ends && at > start) parts.add(json.substring(start, at));
            if (ends) start = at + 1;
        }
        return parts;
    }

    /** The text that a JSON text stands for. */
    static String unquote(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int at = 1; at < quoted.length() - 1; at++) {
            char c = quoted.charAt(at);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = quoted.charAt(++at);
            switch (escape) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(quoted.substring(at + 1, at + 5), 16));
                    at += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }

    /** A text as JSON. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') json.append('\\').append(c);
            else if (c < ' ') json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        return json.append('"').toString();
    }

    private static int endOfText(String json, int start) {
        int at = start + 1;
        while (json.charAt(at) != '"') at += json.charAt(at) == '\\' ? 2 : 1;
        return at;
    }
}
