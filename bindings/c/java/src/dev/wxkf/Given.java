package dev.wxkf;

/** What a program gives. What it must not leave out, and what is negative and cannot be, is refused by its name. */
final class Given {
    private Given() {}

    /** What has to be there. */
    static <T> T present(T value, String name) {
        if (value == null) throw WxkfException.argument(name, "null");
        return value;
    }

    /** A number from 0 on: to the library a negative one would be a huge one. */
    static long count(long number, String name) {
        if (number < 0) throw WxkfException.argument(name, "negative");
        return number;
    }

    /** The moment of a step. */
    static long moment(Long now) {
        return count(present(now, "now"), "now");
    }
}
