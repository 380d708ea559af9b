package dev.wxkf;

import java.util.List;

/**
 * A text in parts.
 *
 * @param parts the parts, in order
 * @param rest what did not fit in them; empty if all did
 * @param json the same as JSON
 */
public record Split(List<String> parts, String rest, String json) {}
