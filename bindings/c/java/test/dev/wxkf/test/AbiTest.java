package dev.wxkf.test;

import dev.wxkf.Wxkf;

/** Run by `check` with a library of another ABI: it must not be loaded. */
final class AbiTest {
    private AbiTest() {}

    static void all(Checks checks) {
        checks.test("another abi", () -> {
            try {
                Wxkf.version();
            } catch (UnsatisfiedLinkError refused) {
                Checks.holds(refused.getMessage().contains("has ABI 99"));
                return;
            }
            throw new AssertionError("it was loaded");
        });
    }
}
