package dev.wxkf;

import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import java.util.function.Function;

/** A handle of the library: freed when it is closed and nobody uses it any more, or by the collector. */
final class Handle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Owned owned;
    private final Cleaner.Cleanable cleanable;

    Handle(Pointer pointer, Consumer<Pointer> free) {
        owned = new Owned(pointer, free);
        cleanable = CLEANER.register(this, owned);
    }

    /** Uses the pointer, which stays until this returns, whoever closes it meanwhile. */
    <T> T use(Function<Pointer, T> action) {
        try {
            Pointer pointer = owned.enter();
            try {
                return action.apply(pointer);
            } finally {
                owned.leave();
            }
        } finally {
            // Or the collector could close it before it is entered.
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    /** Knows nothing of its handle, so that the handle can be collected. */
    private static final class Owned implements Runnable {
        private final Pointer pointer;
        private final Consumer<Pointer> free;
        private int users;
        private boolean isClosed;

        Owned(Pointer pointer, Consumer<Pointer> free) {
            this.pointer = pointer;
            this.free = free;
        }

        synchronized Pointer enter() {
            if (isClosed) throw new IllegalStateException("closed");
            users++;
            return pointer;
        }

        synchronized void leave() {
            users--;
            if (isClosed && users == 0) free.accept(pointer);
        }

        /** Runs once, as every cleaning action does. */
        @Override
        public synchronized void run() {
            isClosed = true;
            if (users == 0) free.accept(pointer);
        }
    }
}
