package dev.wxkf.test;

/** Runs the tests of the names that are given, and counts. */
final class Main {
    private Main() {}

    public static void main(String[] names) {
        Checks checks = new Checks();
        for (String name : names) {
            switch (name) {
                case "account" -> AccountTests.all(checks);
                case "machine" -> MachineTests.all(checks);
                case "api" -> ApiTests.all(checks);
                case "arguments" -> ArgumentTests.all(checks);
                case "echo" -> EchoTests.all(checks);
                case "abi" -> AbiTest.all(checks);
                default -> throw new IllegalArgumentException(name);
            }
        }
        checks.end();
    }
}
