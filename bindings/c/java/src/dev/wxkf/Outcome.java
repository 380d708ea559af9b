package dev.wxkf;

/** What the platform answered. A rejection is no failure. */
public sealed interface Outcome {
    /** The answer or the rejection as JSON.
     * @return by WeChat's names */
    String json();

    /**
     * The platform did it.
     *
     * @param json the fields of the answer
     * @param isFile whether it is a file, which is the body itself; {@code media_base64} is empty then
     */
    record Accepted(String json, boolean isFile) implements Outcome {}

    /**
     * The platform said no.
     *
     * @param json all of it
     * @param errcode WeChat's code
     * @param errmsg WeChat's words
     * @param rid the request's id, or null
     * @param kind what to do about it: {@code token_rejected}, {@code quota_exhausted}, …, {@code unknown}
     */
    record Rejected(String json, long errcode, String errmsg, String rid, String kind) implements Outcome {}
}
