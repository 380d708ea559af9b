/** Who hears of an error that no caller hears of. */

/** Where something went wrong that no caller hears of. */
export type Where =
  /** A request that is no push of WeChat's; it was refused. */
  | "request"
  /** The store, or a record that is full; the push was answered with 500, so that WeChat repeats it. */
  | "store"
  /** A handler has thrown. */
  | "handler"
  /** What a handler returned could not be sent. */
  | "reply"
  /** WeChat has answered, but the store did not take note of it. */
  | "settle"
  /** A new token, after one was refused. */
  | "token"
  /** What a handler gave to `waitUntil`. */
  | "background";

/** Takes an error that no caller hears of. */
export type Report = (error: unknown, where: Where) => void;
