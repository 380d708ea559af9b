package dev.wxkf;

/** A call that failed. What our own record or the platform refuses is a value and never this. */
public final class WxkfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code. */
    private final String code;
    /** Whose mistake. */
    private final String origin;
    /** Which field. */
    private final String field;
    /** What exactly. */
    private final String detail;

    WxkfException(String code, String origin, String field, String detail, String message) {
        super(message);
        this.code = code;
        this.origin = origin;
        this.field = field;
        this.detail = detail;
    }

    static WxkfException argument(String field, String detail) {
        return new WxkfException("binding.argument_invalid", "caller", field, detail,
                "an argument is of the wrong type, unknown, or out of range");
    }

    /** The message, with the code and the field in front; without the detail.
     * @return such as {@code reply.field_invalid (content): …} */
    @Override
    public String toString() {
        return "WxkfException: " + code + (field == null ? "" : " (" + field + ")") + ": " + getMessage();
    }

    /** What went wrong: a name that never changes.
     * @return such as {@code callback.signature_mismatch} */
    public String code() {
        return code;
    }

    /** Whose mistake it is.
     * @return {@code caller} for this program, {@code peer} for who sent the push, {@code platform} for WeChat */
    public String origin() {
        return origin;
    }

    /** Which field it is about.
     * @return its path, or null */
    public String field() {
        return field;
    }

    /** What exactly was found. Do not show it to a stranger.
     * @return in English, or null */
    public String detail() {
        return detail;
    }

    /** Whether the sender of the push is at fault: answer it with an HTTP error and no details.
     * @return whether the origin is {@code peer} */
    public boolean isPeer() {
        return "peer".equals(origin);
    }
}
