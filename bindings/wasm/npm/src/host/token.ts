/** The access token, shared through its record by all who use the account. */

import {
  type ApiRequest,
  type Auth,
  type Endpoints,
  type FetchFailure,
  type Outcome,
  type RejectionKind,
  request,
} from "wxkf";
import { pause } from "./pause.js";
import type { Records } from "./records.js";

/** A token for calls. */
export interface Tokens {
  /** The token to call with. */
  use(): Promise<string>;
  /** WeChat refused this one. */
  rejected(token: string): Promise<void>;
}

/** Gives a token to call with. It is told of one that was refused, and of none otherwise. */
export type BringsToken = (rejected: string | null) => Promise<string>;

/** Where each token comes from, by the name that a call has for it. */
export type TokenSources = Record<Exclude<Auth, "none">, Tokens>;

/** What is known of an account besides what its callback needs. */
export interface TokenOptions {
  appId: string;
  secret: string;
  /** Makes the call that fetches. */
  exchange<T>(request: ApiRequest): Promise<Outcome<T>>;
  now(): number;
}

/** Whoever sends waits no longer for a token that is not to be had. */
const PATIENCE_MS = 10_000;

/** Those who wait look again at different moments. */
const JITTER_MS = 50;

/** Fetches with the AppSecret: one of all processes does, the others wait or go on. */
export function keptTokens(records: Records, options: TokenOptions): Tokens {
  /** Gives what went wrong, if anything did. */
  const fetchOne = async (id: number, force: boolean): Promise<unknown> => {
    let failure: FetchFailure | RejectionKind = "temporary";
    let cause: unknown;
    try {
      const outcome = await options.exchange<Endpoints["stable_token"]["result"]>(call(force));
      if (outcome.ok) {
        const { access_token: token, expires_in: expiresIn } = outcome.value;
        await records.token((keeper, now) => keeper.fetched(id, { token, expiresIn }, now));
        return undefined;
      }
      cause = outcome.rejection;
      failure = outcome.rejection.kind;
    } catch (error) {
      // No answer, or none that can be read.
      cause = error;
    }
    await records.token((keeper, now) => keeper.fetchFailed(id, failure, now));
    return cause;
  };
  const call = (force_refresh: boolean): ApiRequest =>
    request("stable_token", {
      grant_type: "client_credential",
      appid: options.appId,
      secret: options.secret,
      force_refresh,
    });
  return {
    async use() {
      let cause: unknown;
      const begun = performance.now();
      while (performance.now() - begun <= PATIENCE_MS) {
        const step = await records.token((keeper, now) => keeper.step(now));
        if (step.do === "use") return step.token;
        if (step.do === "fetch") {
          cause = await fetchOne(step.id, step.force);
          continue;
        }
        const wait = Math.max(1, step.until - options.now() + Math.random() * JITTER_MS);
        if (performance.now() - begun + wait > PATIENCE_MS) break;
        await pause(wait);
      }
      throw cause ?? new Error("nobody could fetch one in time");
    },
    async rejected(token) {
      await records.token((keeper, now) => keeper.rejected(token, now));
    },
  };
}

/**
 * Tokens that the host brings: it is told which one was refused. Those who ask while it replaces one wait
 * for that, so that of many refusals at once it hears once.
 */
export function broughtTokens(token: BringsToken): Tokens {
  let refused: string | null = null;
  let replacing: { what: string; by: Promise<string> } | null = null;
  return {
    async use() {
      if (refused === null) return replacing?.by ?? token(null);
      const mine = { what: refused, by: Promise.resolve(token(refused)) };
      [refused, replacing] = [null, mine];
      try {
        return await mine.by;
      } catch (error) {
        refused ??= mine.what;
        throw error;
      } finally {
        if (replacing === mine) replacing = null;
      }
    },
    async rejected(token) {
      if (replacing?.what !== token) refused = token;
    },
  };
}
