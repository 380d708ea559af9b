package dev.wxkf;

/** What to do about the token now. */
public sealed interface TokenStep {
    /**
     * Call with this token.
     *
     * @param token the token
     */
    record Use(String token) implements TokenStep {
        /** Without the token, which belongs in no log. */
        @Override
        public String toString() {
            return "Use[token=…]";
        }
    }

    /**
     * Fetch a token, once the record is saved; nobody else does.
     *
     * @param id for {@link TokenKeeper#fetched} or {@link TokenKeeper#fetchFailed}
     * @param force whether to ask {@code stable_token} with {@code force_refresh}
     */
    record Fetch(long id, boolean force) implements TokenStep {}

    /**
     * Somebody else is fetching, or it failed just now.
     *
     * @param until when to ask again, in milliseconds
     */
    record Wait(long until) implements TokenStep {}
}
