package dev.wxkf;

import com.sun.jna.Pointer;
import dev.wxkf.Layout.Buf;
import dev.wxkf.Layout.View;
import java.util.function.Function;

/** A push that was verified, opened and decoded. It never changes, so any number of threads may read it. */
public final class Received implements AutoCloseable {
    private final Handle handle;
    private final String from;
    private final String to;
    private final String msgId;
    private final String kind;
    private final String trigger;
    private final String content;
    private final String event;
    private final String eventKey;
    private final String format;
    private final byte[] plaintext;
    private final Long created;
    private final Integer keyIndex;
    private final int tokenIndex;
    private final boolean isSealed;
    private final boolean wantsErrCode;

    Received(Pointer pointer) {
        handle = new Handle(pointer, Lib.C::wxkf_received_free);
        View view = new View();
        with((push, call) -> {
            call.check(Lib.C.wxkf_received_view(push, view, call.error));
            return null;
        });
        from = view.from.text();
        to = view.to.text();
        msgId = view.msgId.text();
        kind = view.kind.text();
        trigger = view.trigger.text();
        content = view.content.text();
        event = view.event.text();
        eventKey = view.eventKey.text();
        format = view.format.text();
        plaintext = view.plaintext.copy();
        created = Layout.optional(view.created);
        keyIndex = view.keyIndex == -1 ? null : view.keyIndex;
        tokenIndex = view.tokenIndex;
        isSealed = view.sealed != 0;
        wantsErrCode = view.wantsErrCode != 0;
    }

    /** {@code FromUserName}: the user.
     * @return the openid, or null */
    public String from() {
        return from;
    }

    /** {@code ToUserName}: the account.
     * @return the id, or null */
    public String to() {
        return to;
    }

    /** {@code MsgId}, of a message.
     * @return the id, or null */
    public String msgId() {
        return msgId;
    }

    /** What it is.
     * @return {@code text}, {@code image}, …, {@code event.subscribe}, …, {@code unknown} */
    public String kind() {
        return kind;
    }

    /** What it grants.
     * @return {@code message}, {@code enter}, {@code menu}, {@code subscribe}, {@code scan}, {@code pay},
     *     {@code unsubscribe}, or null */
    public String trigger() {
        return trigger;
    }

    /** {@code Content}, of a text.
     * @return the text, or null */
    public String content() {
        return content;
    }

    /** {@code Event}, of an event.
     * @return its name, or null */
    public String event() {
        return event;
    }

    /** {@code EventKey}, of an event.
     * @return its key, or null */
    public String eventKey() {
        return eventKey;
    }

    /** How it is written.
     * @return {@code xml} or {@code json} */
    public String format() {
        return format;
    }

    /** The message as it was written.
     * @return a copy */
    public byte[] plaintext() {
        return plaintext == null ? new byte[0] : plaintext.clone();
    }

    /** {@code CreateTime}.
     * @return milliseconds, or null */
    public Long created() {
        return created;
    }

    /** Which key opened it.
     * @return 0 for the current one, null if it was not sealed */
    public Integer keyIndex() {
        return keyIndex;
    }

    /** Which token signed it.
     * @return 0 for the current one */
    public int tokenIndex() {
        return tokenIndex;
    }

    /** Whether the signature covers the message. Of a plain push it does not.
     * @return whether it was sealed */
    public boolean isSealed() {
        return isSealed;
    }

    /** Whether its answer has to be {@link Reply#errCode}: WeChat repeats such an event for a day otherwise.
     * @return whether it has to */
    public boolean wantsErrCode() {
        return wantsErrCode;
    }

    /** The text of an element of the message.
     * @param name its name on the wire, such as {@code MediaId}
     * @return the text; null if there is no such element, or if it is no text */
    public String field(String name) {
        return with((push, call) -> Lib.C.wxkf_received_field(push, call.text(name, "name")).text());
    }

    /** What the message is known by when it comes again.
     * @return a text for a store */
    public String dedupeKey() {
        return read(Lib.C::wxkf_received_dedupe_key);
    }

    /** What its answer has to match: for {@link Account#reply(String, String)}.
     * @return JSON that may be kept */
    public String replyTo() {
        return read(Lib.C::wxkf_received_reply_to);
    }

    /** The whole message, with the fields of its kind.
     * @return JSON; {@code created} in it is in seconds */
    public String inbound() {
        return read(Lib.C::wxkf_received_inbound);
    }

    /** Everything in the message, also what nobody knows.
     * @return a tree as JSON, with numbers in their exact text */
    public String tree() {
        return read(Lib.C::wxkf_received_tree);
    }

    /** Frees the push, once no thread uses it any more. What was already read of it stays. */
    @Override
    public void close() {
        handle.close();
    }

    <T> T use(Function<Pointer, T> action) {
        return handle.use(action);
    }

    private String read(Reading reading) {
        return with((push, call) -> {
            Buf text = call.result();
            call.check(reading.read(push, text, call.error));
            return call.takeText(text);
        });
    }

    private <T> T with(Action<T> action) {
        return handle.use(push -> {
            try (Call call = new Call()) {
                return action.run(push, call);
            }
        });
    }

    private interface Action<T> {
        T run(Pointer push, Call call);
    }

    private interface Reading {
        int read(Pointer push, Buf text, Buf error);
    }
}
