package dev.wxkf;

/**
 * How many messages may be sent.
 *
 * @param atLeast so many are safe to promise
 * @param atMost so many are worth a try
 * @param held so many are held by reservations
 * @param closesAt when the last window closes, in milliseconds; null if none is open
 */
public record Allowance(long atLeast, long atMost, long held, Long closesAt) {}
