package dev.wxkf;

/** What came of reserving: a {@link Reservation} or a {@link Refusal}. */
public sealed interface Reserved permits Reservation, Refusal {}
