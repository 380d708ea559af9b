package dev.wxkf.test;

import dev.wxkf.Account;
import dev.wxkf.Sealed;
import java.nio.charset.StandardCharsets;

/** What the tests are about. */
final class World {
    static final long NOW = 1_763_700_000_000L;
    static final String APP_ID = "wxb11529c136998cb6";
    static final String TOKEN = "spamtest";
    static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    static final byte[] RANDOM = bytes("1234567890abcdef");

    private World() {}

    static Account official() {
        return Account.officialAccount(APP_ID, TOKEN).encodingAesKey(KEY).build();
    }

    static Account mini() {
        return Account.miniProgram(APP_ID, TOKEN).encodingAesKey(KEY).build();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] xml(String content, String msgId, long now) {
        return bytes("<xml><ToUserName><![CDATA[gh_a]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName>"
                + "<CreateTime>" + now / 1000 + "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA["
                + content + "]]></Content><MsgId>" + msgId + "</MsgId></xml>");
    }

    static byte[] json(String content) {
        return bytes("{\"ToUserName\":\"gh_a\",\"FromUserName\":\"oUser\",\"CreateTime\":" + NOW / 1000
                + ",\"MsgType\":\"text\",\"Content\":\"" + content + "\",\"MsgId\":9007199254740993}");
    }

    static Sealed push(Account account, byte[] message, String format) {
        return account.seal(message, format, "gh_a", null, null, NOW);
    }

    /** The text of an element of a document, of which there is one. */
    static String element(String xml, String name) {
        String inside = xml.substring(xml.indexOf("<" + name + ">") + name.length() + 2, xml.indexOf("</" + name + ">"));
        return inside.startsWith("<![CDATA[") ? inside.substring(9, inside.length() - 3) : inside;
    }
}
