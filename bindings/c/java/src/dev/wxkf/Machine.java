package dev.wxkf;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.ByteByReference;
import dev.wxkf.Layout.Buf;
import java.util.function.Consumer;

/** A record of the library that one thread at a time may use: others wait. */
final class Machine implements AutoCloseable {
    private final Handle handle;

    Machine(Pointer pointer, Consumer<Pointer> free) {
        handle = new Handle(pointer, free);
    }

    /** Takes a step. */
    synchronized <T> T with(Action<T> action) {
        return handle.use(pointer -> {
            try (Call call = new Call()) {
                return action.run(pointer, call);
            }
        });
    }

    /** Takes a step that answers nothing. */
    void take(Step step) {
        with((pointer, call) -> {
            call.check(step.take(pointer, call));
            return null;
        });
    }

    /** Takes a step that is answered by yes or no. */
    boolean ask(Question question) {
        return asked(question) != 0;
    }

    /** Takes a step that is answered by a small number. */
    int asked(Question question) {
        return with((pointer, call) -> {
            ByteByReference answer = new ByteByReference();
            call.check(question.ask(pointer, call, answer));
            return (int) answer.getValue();
        });
    }

    /** The record in bytes. */
    byte[] snapshot(Writing writing) {
        return with((pointer, call) -> {
            Buf snapshot = call.result();
            call.check(writing.write(pointer, snapshot, call.error));
            return call.take(snapshot);
        });
    }

    @Override
    public void close() {
        handle.close();
    }

    interface Action<T> {
        T run(Pointer pointer, Call call);
    }

    interface Step {
        int take(Pointer pointer, Call call);
    }

    interface Question {
        int ask(Pointer pointer, Call call, ByteByReference answer);
    }

    interface Writing {
        int write(Pointer pointer, Buf snapshot, Buf error);
    }
}
