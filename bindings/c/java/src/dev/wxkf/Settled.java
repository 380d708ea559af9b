package dev.wxkf;

/**
 * What came of settling.
 *
 * @param name {@code applied}; {@code stale}, if it was settled or given up before; {@code retry_after}: WeChat does
 *     not know of the user's message yet, send the same once more after a pause
 * @param retryAfterMs how long to wait, in milliseconds; null unless it is {@code retry_after}
 */
public record Settled(String name, Long retryAfterMs) {}
