package dev.wxkf;

/** What is known of a push. The order is that of wxkf.h. */
public enum Observation {
    /** It was not here before, or it was forgotten: handle it. */
    NEW,
    /** It was here: answer {@link Reply#success()}, and do nothing. */
    REPEAT,
    /** Nobody knows: so many pushes of this user came within a minute that there is no room to note this one. Ask a
     * {@link Dedupe} that all processes share, or do not handle it. */
    OVERFLOW
}
