package dev.wxkf;

/**
 * A message of which nothing was verified.
 *
 * @param format {@code xml} or {@code json}
 * @param inbound the message as JSON, as {@link Received#inbound()} has it
 * @param tree everything in it as JSON, as {@link Received#tree()} has it
 */
public record Decoded(String format, String inbound, String tree) {}
