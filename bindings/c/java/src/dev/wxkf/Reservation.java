package dev.wxkf;

/**
 * One message of the quota, held until it is settled.
 *
 * @param id by which it is settled
 * @param sure whether WeChat will accept it, as far as one can know; if not, it is worth a try
 */
public record Reservation(long id, boolean sure) implements Reserved {}
