package dev.wxkf;

import static dev.wxkf.Given.moment;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.wxkf.Layout.Action;
import dev.wxkf.Layout.Buf;

/**
 * The token of one account, in one record for all processes. Load it, take one step, save the snapshot, and act on
 * what the step said only then.
 */
public final class TokenKeeper implements AutoCloseable {
    private final Machine machine;

    /** Makes a record that has no token yet, of {@code stable_token}. */
    public TokenKeeper() {
        this("stable_token", null);
    }

    /** Makes a record that has no token yet.
     * @param source {@code stable_token}, {@code token} or {@code authorizer}
     * @param refreshToken of an authorizer, or null */
    public TokenKeeper(String source, String refreshToken) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(Lib.C.wxkf_token_new(call.text(source, "source"), call.maybeText(refreshToken, "refresh_token"),
                    made, call.error));
            machine = own(made.getValue());
        }
    }

    private TokenKeeper(byte[] snapshot) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(Lib.C.wxkf_token_restore(call.bytes(snapshot, "snapshot"), made, call.error));
            machine = own(made.getValue());
        }
    }

    /** Makes a record from a snapshot.
     * @param snapshot what {@link #snapshot()} has written
     * @return the record */
    public static TokenKeeper restore(byte[] snapshot) {
        return new TokenKeeper(Given.present(snapshot, "snapshot"));
    }

    /** Asks what to do now.
     * @return use, fetch or wait */
    public TokenStep step() {
        return step(System.currentTimeMillis());
    }

    /** Asks what to do.
     * @param now the moment
     * @return use, fetch or wait */
    public TokenStep step(Long now) {
        return machine.with((pointer, call) -> {
            Buf token = call.result();
            Action action = new Action();
            call.check(Lib.C.wxkf_token_step(pointer, moment(now), token, action, call.error));
            if (action.fetch != Layout.NONE) return new TokenStep.Fetch(action.fetch, action.force != 0);
            if (action.waitUntil != Layout.NONE) return new TokenStep.Wait(action.waitUntil);
            return new TokenStep.Use(call.takeText(token));
        });
    }

    /** Says what was fetched, now.
     * @param fetch the id of the {@link TokenStep.Fetch}
     * @param token the token
     * @param expiresIn WeChat's {@code expires_in}, in seconds
     * @param refreshToken the new one of an authorizer, or null
     * @return whether it counts, and is not about a fetch that has been replaced since */
    public boolean fetched(long fetch, String token, long expiresIn, String refreshToken) {
        return fetched(fetch, token, expiresIn, refreshToken, System.currentTimeMillis());
    }

    /** Says what was fetched.
     * @param fetch the id of the {@link TokenStep.Fetch}
     * @param token the token
     * @param expiresIn WeChat's {@code expires_in}, in seconds
     * @param refreshToken the new one of an authorizer, or null
     * @param now the moment
     * @return whether it counts, and is not about a fetch that has been replaced since */
    public boolean fetched(long fetch, String token, long expiresIn, String refreshToken, Long now) {
        return machine.ask((pointer, call, applied) -> Lib.C.wxkf_token_fetched(pointer, Given.count(fetch, "id"),
                call.text(token, "token"), Given.count(expiresIn, "expires_in_s"),
                call.maybeText(refreshToken, "refresh_token"), moment(now), applied, call.error));
    }

    /** Says that fetching failed, now.
     * @param fetch the id of the {@link TokenStep.Fetch}
     * @param failure {@code temporary}, {@code misconfigured}, or the kind of the rejection
     * @return whether it counts */
    public boolean fetchFailed(long fetch, String failure) {
        return fetchFailed(fetch, failure, System.currentTimeMillis());
    }

    /** Says that fetching failed.
     * @param fetch the id of the {@link TokenStep.Fetch}
     * @param failure {@code temporary}, {@code misconfigured}, or the kind of the rejection
     * @param now the moment
     * @return whether it counts */
    public boolean fetchFailed(long fetch, String failure, Long now) {
        return machine.ask((pointer, call, applied) -> Lib.C.wxkf_token_fetch_failed(pointer, Given.count(fetch, "id"),
                call.text(failure, "failure"), moment(now), applied, call.error));
    }

    /** Says that WeChat refused a call because of this token ({@code token_rejected}), now.
     * @param token the token of the call
     * @return whether it counts */
    public boolean rejected(String token) {
        return rejected(token, System.currentTimeMillis());
    }

    /** Says that WeChat refused a call because of this token ({@code token_rejected}).
     * @param token the token of the call
     * @param now the moment
     * @return whether it counts */
    public boolean rejected(String token, Long now) {
        return machine.ask((pointer, call, applied) ->
                Lib.C.wxkf_token_rejected(pointer, call.text(token, "token"), moment(now), applied, call.error));
    }

    /** The refresh token of an authorizer: whoever loses it loses the account.
     * @return null if there is none */
    public String refreshToken() {
        return machine.with((pointer, call) -> Lib.C.wxkf_token_refresh_token(pointer).text());
    }

    /** When time alone changes something next.
     * @return milliseconds; null if never */
    public Long nextDeadline() {
        return machine.with((pointer, call) -> Layout.optional(Lib.C.wxkf_token_next_deadline(pointer)));
    }

    /** The record in bytes. The token is in it: keep it like the app secret.
     * @return for a store */
    public byte[] snapshot() {
        return machine.snapshot(Lib.C::wxkf_token_snapshot);
    }

    /** Frees the record. */
    @Override
    public void close() {
        machine.close();
    }

    private static Machine own(Pointer pointer) {
        return new Machine(pointer, Lib.C::wxkf_token_free);
    }
}
