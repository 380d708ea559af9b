/** The access token, shared through its record by all who use the account. */

import { type AccountKind, type ApiRequest, type FetchFailure, type Outcome, type RejectionKind, request } from "wxkf";
import { pause } from "./pause.js";
import type { Records } from "./records.js";

/** A token for calls. */
export interface Tokens {
  /** The token to call with. */
  use(): Promise<string>;
  /** WeChat refused this one. */
  rejected(token: string): Promise<void>;
}

/** What is known of an account besides what its callback needs. */
export interface TokenOptions {
  appId: string;
  kind: AccountKind;
  secret: string;
  /** Makes the call that fetches. */
  exchange(request: ApiRequest): Promise<Outcome<unknown>>;
  now(): number;
}

/** Whoever sends waits no longer for a token that is not to be had. */
const PATIENCE_MS = 10_000;

/** Those who wait look again at different moments. */
const JITTER_MS = 50;

/** Fetches with the AppSecret: one of all processes does, the others wait or go on. */
export function keptTokens(records: Records, options: TokenOptions): Tokens {
  const fetchOne = async (id: number, force: boolean): Promise<void> => {
    let failure: FetchFailure | RejectionKind = "temporary";
    try {
      const outcome = await options.exchange(
        request("stable_token", {
          grant_type: "client_credential",
          appid: options.appId,
          secret: options.secret,
          force_refresh: force,
        }),
      );
      if (outcome.ok) {
        const answer = outcome.value as { access_token: string; expires_in: number };
        const fetched = { token: answer.access_token, expiresIn: answer.expires_in };
        await records.token((keeper, now) => keeper.fetched(id, fetched, now));
        return;
      }
      failure = outcome.rejection.kind;
    } catch {
      // No answer, or none that can be read.
    }
    await records.token((keeper, now) => keeper.fetchFailed(id, failure, now));
  };
  return {
    async use() {
      for (let waited = 0; waited <= PATIENCE_MS; ) {
        const step = await records.token((keeper, now) => keeper.step(now));
        if (step.do === "use") return step.token;
        if (step.do === "fetch") {
          await fetchOne(step.id, step.force);
          continue;
        }
        const wait = step.until - options.now() + Math.random() * JITTER_MS;
        waited += Math.max(wait, 1);
        if (waited <= PATIENCE_MS) await pause(wait);
      }
      throw new Error("nobody could fetch a token in time");
    },
    async rejected(token) {
      await records.token((keeper, now) => keeper.rejected(token, now));
    },
  };
}

/** Tokens that the host brings: it is told which one was refused. */
export function broughtTokens(token: (rejected: string | null) => Promise<string>): Tokens {
  let last: string | null = null;
  return {
    async use() {
      const rejected = last;
      last = null;
      return token(rejected);
    },
    async rejected(refused) {
      last = refused;
    },
  };
}
