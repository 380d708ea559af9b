package dev.wxkf.test;

import dev.wxkf.WxkfException;
import java.util.Objects;

/** Counts what passed and what failed. */
final class Checks {
    private int passed;
    private int failed;

    interface Body {
        void run() throws Exception;
    }

    /** One test: it passes if it throws nothing. */
    void test(String name, Body body) {
        try {
            body.run();
            passed++;
        } catch (Throwable thrown) {
            failed++;
            System.out.println("FAILED " + name);
            thrown.printStackTrace(System.out);
        }
    }

    /** Says the figures and ends. */
    void end() {
        System.out.println(passed + " passed, " + failed + " failed, 0 absent");
        System.exit(failed == 0 ? 0 : 1);
    }

    static void same(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) throw new AssertionError("not " + expected + " but " + actual);
    }

    static void holds(boolean claim) {
        if (!claim) throw new AssertionError("it does not hold");
    }

    static WxkfException fails(String code, String origin, Body body) throws Exception {
        try {
            body.run();
        } catch (WxkfException error) {
            same(code, error.code());
            same(origin, error.origin());
            return error;
        }
        throw new AssertionError("no " + code);
    }

    /** What a program got wrong is said by the name of the argument, and is no exception from inside. */
    static void wrong(String field, Body body) throws Exception {
        same(field, fails("binding.argument_invalid", "caller", body).field());
    }

    static void refusesClosed(Body body) throws Exception {
        try {
            body.run();
        } catch (IllegalStateException closed) {
            return;
        }
        throw new AssertionError("used though it is closed");
    }
}
