package dev.wxkf;

/** Whether a push was here before. */
public enum Observation {
    /** It is new: handle it. */
    NEW,
    /** It was here before: do not handle it again, answer {@code success}. */
    REPEAT
}
