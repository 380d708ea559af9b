package dev.wxkf;

import dev.wxkf.Layout.Bytes;

/** The JSON of the usual passive answers. Others are written by hand, such as {@code {"type":"news",…}}. */
public final class Reply {
    private Reply() {}

    /** A text.
     * @param content the text
     * @return JSON */
    public static String text(String content) {
        return json("text", "content", content);
    }

    /** An image that was uploaded.
     * @param mediaId its media id
     * @return JSON */
    public static String image(String mediaId) {
        return json("image", "media_id", mediaId);
    }

    /** A voice that was uploaded.
     * @param mediaId its media id
     * @return JSON */
    public static String voice(String mediaId) {
        return json("voice", "media_id", mediaId);
    }

    /** Hands the user over to the staff (转客服).
     * @return JSON */
    public static String transferCustomerService() {
        return "{\"type\":\"transfer_customer_service\"}";
    }

    /** Nothing to say; WeChat need not repeat the push.
     * @return JSON */
    public static String success() {
        return "{\"type\":\"success\"}";
    }

    /** Nothing to say, in no bytes.
     * @return JSON */
    public static String empty() {
        return "{\"type\":\"empty\"}";
    }

    /** What an event wants whose {@link Received#wantsErrCode()} is true.
     * @param code 0 if all went well
     * @return JSON */
    public static String errCode(long code) {
        return "{\"type\":\"err_code\",\"err_code\":" + code + "}";
    }

    /** What is known to go wrong with an answer that is correct otherwise. It can be sent.
     * @param reply JSON, such as is made here
     * @return its name, such as {@code long_reply}; null if nothing is known */
    public static String caution(String reply) {
        try (Call call = new Call()) {
            Bytes caution = new Bytes();
            call.check(Lib.C.wxkf_reply_caution(call.text(reply, "reply"), caution, call.error));
            return caution.text();
        }
    }

    private static String json(String type, String name, String value) {
        return "{\"type\":\"" + type + "\",\"" + name + "\":" + JsonText.quote(Given.present(value, name)) + "}";
    }
}
