/**
 * WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts: a protocol core without I/O.
 *
 * <p>Times are milliseconds since 1970; a time or text that may be missing is null then, and null or negative
 * anywhere else is refused by the name of the argument. Snapshots are bytes, and what has many shapes is JSON text.
 * A handle is closed with {@code close()}, or freed by the collector; used after that it throws
 * {@link java.lang.IllegalStateException}. Failures are {@link dev.wxkf.WxkfException}.
 */
package dev.wxkf;
