/** The access token. */

import * as check from "./arguments.js";
import { make, momentOf, Operation } from "./core.js";
import { invalid } from "./errors.js";
import { FAILURES, SOURCES } from "./generated/constants.js";
import type { FetchFailure, RejectionKind, TokenSource } from "./generated/types.js";
import { Handle, native } from "./handle.js";
import { nameSeen } from "./seen.js";

/** What to do about the token now. */
export type TokenStep =
  | {
      /** There is one. */
      do: "use";
      /** Call with it. */
      token: string;
    }
  | {
      /** Fetch one, once the record is saved; nobody else does. */
      do: "fetch";
      /** For `fetched` and `fetchFailed`. */
      id: number;
      /** Whether to ask `stable_token` with `force_refresh`. */
      force: boolean;
    }
  | {
      /** Somebody else is fetching, or it failed just now. */
      do: "wait";
      /** Ask again then, in milliseconds. */
      until: number;
    };

/** What was fetched, as WeChat answers it. */
export interface FetchedToken {
  /** `access_token`, or what stands for it. */
  token: string;
  /** `expires_in`, in seconds. */
  expiresIn: number;
  /** `authorizer_refresh_token` of a third-party platform. */
  refreshToken?: string | undefined;
}

/** Whether it counted: `stale` is about something that has been replaced since. */
export type TokenChange = "applied" | "stale";

/**
 * The token of one account, in one record for all processes. Load it, take one step, save {@link snapshot},
 * and act on what the step said only then.
 */
export class TokenKeeper extends Handle {
  /** @internal What util.inspect shows, as bundlers shorten the code. */
  static override readonly name = "TokenKeeper";
  /** One that has no token yet. Only the source `authorizer` has a refresh token. */
  constructor(source?: TokenSource, options?: { refreshToken?: string | undefined });
  /** @internal */
  constructor(snapshot: Uint8Array);
  constructor(from: TokenSource | Uint8Array = "stable_token", options: { refreshToken?: string | undefined } = {}) {
    const { refreshToken } = check.object("options", options);
    const keeper =
      typeof from === "string"
        ? make(Operation.TokenKeeper, from, check.maybeText("refreshToken", refreshToken))
        : make(Operation.TokenKeeperRestore, check.bytes("source", from));
    if (typeof keeper === "string") throw invalid("source", SOURCES, nameSeen(from));
    super(keeper);
  }

  /** Reads a snapshot. */
  static restore(snapshot: Uint8Array): TokenKeeper {
    return new TokenKeeper(check.bytes("snapshot", snapshot));
  }

  /** What to do now. */
  step(now?: number): TokenStep {
    const it = JSON.parse(native(this).text(Operation.TokenKeeperStep, check.moment(now)));
    if ("use" in it) return { do: "use", token: it.use };
    if ("fetch" in it) return { do: "fetch", id: it.fetch, force: it.force };
    return { do: "wait", until: it.wait_until };
  }

  /** Says what was fetched. */
  fetched(id: number, answer: FetchedToken, now?: number): TokenChange {
    const { token, expiresIn, refreshToken } = check.object("answer", answer);
    const text = check.text("token", token);
    const seconds = check.whole("expiresIn", expiresIn);
    const refresh = check.maybeText("refreshToken", refreshToken);
    const given = [check.whole("id", id), text, seconds, refresh, check.moment(now)];
    return native(this).text(Operation.TokenKeeperFetched, ...given) as TokenChange;
  }

  /** Says that fetching failed, and how; or the kind of the rejection, which says so. */
  fetchFailed(id: number, failure: FetchFailure | RejectionKind, now?: number): TokenChange {
    const given = [check.whole("id", id), check.text("failure", failure, FAILED), check.moment(now)];
    const change = native(this).maybeText(Operation.TokenKeeperFetchFailed, ...given);
    if (change === undefined) throw invalid("failure", FAILED, nameSeen(failure));
    return change as TokenChange;
  }

  /** Says that WeChat refused a call because of this token (`token_rejected`). */
  rejected(token: string, now?: number): TokenChange {
    const given = [check.text("token", token), check.moment(now)];
    return native(this).text(Operation.TokenKeeperRejected, ...given) as TokenChange;
  }

  /** The refresh token of an authorizer: whoever loses it loses the account. */
  get refreshToken(): string | null {
    return native(this).maybeText(Operation.TokenKeeperRefreshToken) ?? null;
  }

  /** When time alone changes something next. */
  nextDeadline(): number | null {
    return momentOf(native(this).maybeText(Operation.TokenKeeperNextDeadline));
  }

  /** The record in bytes. The token is in it. */
  snapshot(): check.Bytes {
    return native(this).bytes(Operation.TokenKeeperSnapshot);
  }
}

const FAILED = `${FAILURES}, or the kind of a rejection,`;
