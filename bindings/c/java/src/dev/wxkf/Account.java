package dev.wxkf;

import static dev.wxkf.Given.moment;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.wxkf.Layout.Buf;
import dev.wxkf.Layout.Bytes;
import dev.wxkf.Layout.Option;
import dev.wxkf.Layout.Size;
import java.util.ArrayList;
import java.util.List;

/** An account with its keys. It never changes, so any number of threads may use it at once. */
public final class Account implements AutoCloseable {
    private final Handle handle;

    private Account(Pointer pointer) {
        handle = new Handle(pointer, Lib.C::wxkf_account_free);
    }

    /** Starts an account of a Mini Program (小程序).
     * @param appId its AppID
     * @param token the callback token
     * @return what makes the account */
    public static Builder miniProgram(String appId, String token) {
        return builder("mini_program", appId, token);
    }

    /** Starts an Official Account (公众号).
     * @param appId its AppID
     * @param token the callback token
     * @return what makes the account */
    public static Builder officialAccount(String appId, String token) {
        return builder("official_account", appId, token);
    }

    /** Starts an account.
     * @param kind {@code mini_program} or {@code official_account}
     * @param appId its AppID, or the component AppID of a third-party platform
     * @param token the callback token
     * @return what makes the account */
    public static Builder builder(String kind, String appId, String token) {
        return new Builder(kind, appId, token);
    }

    /** What makes an account. One without an EncodingAESKey needs the mode {@code plain}. */
    public static final class Builder {
        private final String kind;
        private final String appId;
        private final String token;
        private final List<String[]> options = new ArrayList<>();

        private Builder(String kind, String appId, String token) {
            this.kind = kind;
            this.appId = appId;
            this.token = token;
        }

        /** Sets the EncodingAESKey.
         * @param key its 43 characters
         * @return this */
        public Builder encodingAesKey(String key) {
            return option("encoding_aes_key", key);
        }

        /** Adds a key that was replaced: what was sealed with it is still opened.
         * @param key its 43 characters
         * @return this */
        public Builder previousEncodingAesKey(String key) {
            return option("previous_encoding_aes_key", key);
        }

        /** Adds a token that was replaced.
         * @param token the callback token
         * @return this */
        public Builder previousToken(String token) {
            return option("previous_token", token);
        }

        /** Adds an id to accept inside sealed messages, beside the AppID.
         * @param id the id
         * @return this */
        public Builder acceptId(String id) {
            return option("accept_id", id);
        }

        /** Sets the mode, which is {@code secure} otherwise.
         * @param mode {@code secure}, {@code compatible} or {@code plain}
         * @return this */
        public Builder mode(String mode) {
            return option("mode", mode);
        }

        /** Sets how far away the timestamp of a push may be.
         * @param milliseconds in both directions
         * @return this */
        public Builder toleranceMs(long milliseconds) {
            return option("tolerance_ms", Long.toString(Given.count(milliseconds, "tolerance_ms")));
        }

        /** Sets how large a body may be.
         * @param bytes the largest one
         * @return this */
        public Builder maxBody(long bytes) {
            return option("max_body", Long.toString(Given.count(bytes, "max_body")));
        }

        /** Sets an option by its name in wxkf.h.
         * @param name the name
         * @param value the value, numbers as decimal digits
         * @return this */
        public Builder option(String name, String value) {
            options.add(new String[] {Given.present(name, "options"), Given.present(value, name)});
            return this;
        }

        /** Makes the account, checking all of it.
         * @return the account
         * @throws WxkfException {@code config.…} for a value that WeChat would not take, and
         *     {@code binding.argument_invalid} for an option that there is not */
        public Account build() {
            try (Call call = new Call()) {
                PointerByReference account = new PointerByReference();
                call.check(Lib.C.wxkf_account_new(call.text(kind, "kind"), call.text(appId, "app_id"),
                        call.text(token, "token"), options(call), new Size(options.size()), account, call.error));
                return new Account(account.getValue());
            }
        }

        private Option[] options(Call call) {
            if (options.isEmpty()) return null;
            Option[] all = (Option[]) new Option().toArray(options.size());
            for (int i = 0; i < all.length; i++) {
                call.text(all[i].name, options.get(i)[0], "options");
                call.text(all[i].value, options.get(i)[1], "options");
            }
            return all;
        }
    }

    /** The AppID, without the white space that was around it.
     * @return the id */
    public String appId() {
        return handle.use(account -> Lib.C.wxkf_account_app_id(account).text());
    }

    /** The mode: secure unless it was told.
     * @return {@code secure}, {@code compatible} or {@code plain} */
    public String mode() {
        return handle.use(account -> Lib.C.wxkf_account_mode(account).text());
    }

    /** More of a body than so many bytes is not worth reading: one byte more is refused.
     * @return bytes */
    public long largestBody() {
        return handle.use(account -> Lib.C.wxkf_account_largest_body(account).longValue());
    }

    /** Answers the GET with which WeChat checks the URL, now.
     * @param query the raw query string; null if there is none
     * @return what to send back, as {@code text/plain} */
    public byte[] verifyUrl(String query) {
        return verifyUrl(query, System.currentTimeMillis());
    }

    /** Answers the GET with which WeChat checks the URL.
     * @param query the raw query string; null if there is none
     * @param now the moment
     * @return what to send back, as {@code text/plain} */
    public byte[] verifyUrl(String query, Long now) {
        return with((account, call) -> {
            Buf echo = call.result();
            call.check(Lib.C.wxkf_account_verify_url(account, call.maybeText(query, "query"), moment(now), echo,
                    call.error));
            return call.take(echo);
        });
    }

    /** Verifies, opens and decodes a push, now.
     * @param query the raw query string; null if there is none
     * @param body the raw body, before any parser; null if there is none
     * @return the push
     * @throws WxkfException if its origin is {@code peer}, answer with an HTTP error and no details */
    public Received receive(String query, byte[] body) {
        return receive(query, body, System.currentTimeMillis());
    }

    /** Verifies, opens and decodes a push.
     * @param query the raw query string; null if there is none
     * @param body the raw body, before any parser; null if there is none
     * @param now the moment
     * @return the push
     * @throws WxkfException if its origin is {@code peer}, answer with an HTTP error and no details */
    public Received receive(String query, byte[] body, Long now) {
        return with((account, call) -> {
            PointerByReference received = new PointerByReference();
            call.check(Lib.C.wxkf_account_receive(account, call.maybeText(query, "query"), call.maybeBytes(body),
                    moment(now), received, call.error));
            return new Received(received.getValue());
        });
    }

    /** Verifies and opens a push without decoding it, now.
     * @param query the raw query string; null if there is none
     * @param body the raw body; null if there is none
     * @return the bytes inside */
    public byte[] open(String query, byte[] body) {
        return open(query, body, System.currentTimeMillis());
    }

    /** Verifies and opens a push without decoding it.
     * @param query the raw query string; null if there is none
     * @param body the raw body; null if there is none
     * @param now the moment
     * @return the bytes inside */
    public byte[] open(String query, byte[] body, Long now) {
        return with((account, call) -> {
            Buf plaintext = call.result();
            call.check(Lib.C.wxkf_account_open(account, call.maybeText(query, "query"), call.maybeBytes(body),
                    moment(now), plaintext, call.error));
            return call.take(plaintext);
        });
    }

    /** The passive answer to what was received, sealed if that was.
     * @param received the push
     * @param reply JSON, such as {@link Reply} makes
     * @return what to send */
    public Answer reply(Received received, String reply) {
        return reply(received, reply, null, null, System.currentTimeMillis());
    }

    /** The same with everything given.
     * @param received the push
     * @param reply JSON, such as {@link Reply} makes
     * @param random sixteen bytes, fresh and unpredictable; null for the secure source
     * @param nonce the nonce; null for that of the push
     * @param now the moment
     * @return what to send */
    public Answer reply(Received received, String reply, byte[] random, String nonce, Long now) {
        return Given.present(received, "received").use(push -> answered(random, nonce, (account, call, seal) ->
                Lib.C.wxkf_account_reply(account, push, call.text(reply, "reply"), seal.random, seal.nonce, moment(now),
                        seal.body, seal.contentType, call.error)));
    }

    /** The passive answer to a push that was kept: it may be made elsewhere.
     * @param replyTo what {@link Received#replyTo()} has said
     * @param reply JSON, such as {@link Reply} makes
     * @return what to send */
    public Answer reply(String replyTo, String reply) {
        return reply(replyTo, reply, null, null, System.currentTimeMillis());
    }

    /** The same with everything given.
     * @param replyTo what {@link Received#replyTo()} has said
     * @param reply JSON, such as {@link Reply} makes
     * @param random sixteen bytes, fresh and unpredictable; null for the secure source
     * @param nonce the nonce; null for that of the push
     * @param now the moment
     * @return what to send */
    public Answer reply(String replyTo, String reply, byte[] random, String nonce, Long now) {
        return answered(random, nonce, (account, call, seal) ->
                Lib.C.wxkf_account_reply_to(account, call.text(replyTo, "reply_to"), call.text(reply, "reply"),
                        seal.random, seal.nonce, moment(now), seal.body, seal.contentType, call.error));
    }

    /** Seals a message as WeChat does: for tests, and for what stands in for WeChat.
     * @param message the message
     * @param format {@code xml} or {@code json}
     * @param toUserName to make a push to it; null to make an answer
     * @return the document and its parts */
    public Sealed seal(byte[] message, String format, String toUserName) {
        return seal(message, format, toUserName, null, null, System.currentTimeMillis());
    }

    /** The same with everything given.
     * @param message the message
     * @param format {@code xml} or {@code json}
     * @param toUserName to make a push to it; null to make an answer
     * @param random sixteen bytes, fresh and unpredictable; null for the secure source
     * @param nonce the nonce; null for a random one
     * @param now the moment, of which whole seconds count
     * @return the document and its parts */
    public Sealed seal(byte[] message, String format, String toUserName, byte[] random, String nonce, Long now) {
        return with((account, call) -> {
            Buf body = call.result();
            Buf parts = call.result();
            call.check(Lib.C.wxkf_account_seal(account, call.bytes(message, "message"), call.text(format, "format"),
                    call.maybeText(toUserName, "to_user_name"),
                    call.bytes(random == null ? Sealing.random() : random, "random"),
                    call.text(nonce == null ? Sealing.nonce() : nonce, "nonce"), moment(now), body, parts, call.error));
            String json = call.takeText(parts);
            return new Sealed(call.takeText(body), JsonText.text(json, "encrypt"),
                    JsonText.text(json, "msg_signature"), JsonText.member(json, "timestamp"),
                    JsonText.text(json, "nonce"));
        });
    }

    /** The plain signature, as it stands in {@code signature}: for tests.
     * @param timestamp in seconds, as it is sent
     * @param nonce as it is sent
     * @return forty hexadecimal digits */
    public String sign(String timestamp, String nonce) {
        return with((account, call) -> {
            Buf signature = call.result();
            call.check(Lib.C.wxkf_account_sign(account, call.text(timestamp, "timestamp"), call.text(nonce, "nonce"),
                    signature, call.error));
            return call.takeText(signature);
        });
    }

    /** Says why a push is refused, now: for the developer, never for an answer.
     * @param query the raw query string; null if there is none
     * @param body the raw body; null if there is none
     * @return JSON with {@code accepted}, {@code code} and {@code steps} */
    public String explain(String query, byte[] body) {
        return explain(query, body, System.currentTimeMillis());
    }

    /** Says why a push is refused: for the developer, never for an answer.
     * @param query the raw query string; null if there is none
     * @param body the raw body; null if there is none
     * @param now the moment
     * @return JSON with {@code accepted}, {@code code} and {@code steps} */
    public String explain(String query, byte[] body, Long now) {
        return with((account, call) -> {
            Buf explanation = call.result();
            call.check(Lib.C.wxkf_account_explain(account, call.maybeText(query, "query"), call.maybeBytes(body),
                    moment(now), explanation, call.error));
            return call.takeText(explanation);
        });
    }

    /** Frees the account, once no thread uses it any more. What was received with it stays. */
    @Override
    public void close() {
        handle.close();
    }

    private Answer answered(byte[] random, String nonce, Answering answering) {
        return with((account, call) -> {
            Seal seal = new Seal(call.bytes(random == null ? Sealing.random() : random, "random"),
                    call.maybeText(nonce, "nonce"), call.result(), new Bytes());
            call.check(answering.answer(account, call, seal));
            return new Answer(call.take(seal.body), seal.contentType.text());
        });
    }

    private <T> T with(Action<T> action) {
        return handle.use(account -> {
            try (Call call = new Call()) {
                return action.run(account, call);
            }
        });
    }

    private interface Action<T> {
        T run(Pointer account, Call call);
    }

    private interface Answering {
        int answer(Pointer account, Call call, Seal seal);
    }

    private record Seal(Bytes.Value random, Bytes.Value nonce, Buf body, Bytes contentType) {}
}
