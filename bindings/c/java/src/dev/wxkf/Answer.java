package dev.wxkf;

/**
 * A passive answer (被动回复): send the body unchanged.
 *
 * @param body the bytes to send
 * @param contentType the value of the header {@code Content-Type}
 */
public record Answer(byte[] body, String contentType) {}
