package dev.wxkf;

import static dev.wxkf.Given.moment;

import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** A memory of pushes, of all users, for one process. WeChat repeats a push within a minute. */
public final class Dedupe implements AutoCloseable {
    private final Machine machine;

    /** Makes an empty memory.
     * @param capacity at most so many pushes
     * @param horizonMs each for so many milliseconds */
    public Dedupe(long capacity, long horizonMs) {
        this(capacity, horizonMs, null);
    }

    private Dedupe(long capacity, long horizonMs, byte[] snapshot) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(Lib.C.wxkf_dedupe_new(Given.count(capacity, "capacity"),
                    Given.count(horizonMs, "horizon_ms"), call.maybeBytes(snapshot), made, call.error));
            machine = new Machine(made.getValue(), Lib.C::wxkf_dedupe_free);
        }
    }

    /** Makes a memory from a snapshot.
     * @param snapshot what {@link #snapshot()} has written
     * @param capacity at most so many pushes
     * @param horizonMs each for so many milliseconds
     * @return the memory */
    public static Dedupe restore(byte[] snapshot, long capacity, long horizonMs) {
        return new Dedupe(capacity, horizonMs, Given.present(snapshot, "snapshot"));
    }

    /** Takes note of a push, now.
     * @param key its dedupe key, or any other text
     * @return when it was here first, in milliseconds; null if it is new */
    public Long observe(String key) {
        return observe(key, System.currentTimeMillis());
    }

    /** Takes note of a push.
     * @param key its dedupe key, or any other text
     * @param now the moment
     * @return when it was here first, in milliseconds; null if it is new */
    public Long observe(String key, Long now) {
        return machine.with((pointer, call) -> {
            LongByReference since = new LongByReference();
            call.check(Lib.C.wxkf_dedupe_observe(pointer, call.text(key, "key"), moment(now), since, call.error));
            return Layout.optional(since.getValue());
        });
    }

    /** Lets the next delivery in, because handling it failed.
     * @param key its dedupe key */
    public void forget(String key) {
        machine.take((pointer, call) -> Lib.C.wxkf_dedupe_forget(pointer, call.text(key, "key"), call.error));
    }

    /** How many pushes it remembers.
     * @return the number */
    public long size() {
        return machine.with((pointer, call) -> Lib.C.wxkf_dedupe_len(pointer).longValue());
    }

    /** The memory in bytes.
     * @return for a store */
    public byte[] snapshot() {
        return machine.snapshot(Lib.C::wxkf_dedupe_snapshot);
    }

    /** Frees the memory. */
    @Override
    public void close() {
        machine.close();
    }
}
