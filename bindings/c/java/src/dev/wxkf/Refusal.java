package dev.wxkf;

/**
 * A no of our own record, and until when.
 *
 * @param reason {@code window_closed}, {@code quota_exhausted}, …
 * @param retryAt when to ask again, in milliseconds; null if only the user can change it
 */
public record Refusal(String reason, Long retryAt) implements Reserved {}
