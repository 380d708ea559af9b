package dev.wxkf.conform;

/** A line that says nothing. */
final class BadLine extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
