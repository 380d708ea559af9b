/** Calls of WeChat's API: over the host's `fetch`, with one new token if the first is refused. */

import { type AccountKind, type ApiRequest, decode, type Endpoints, type Outcome, request } from "wxkf";
import { noToken, withoutToken } from "./errors.js";
import type { Report } from "./report.js";
import type { TokenSources } from "./token.js";

/** Shorter than the time that one caller has for fetching a token, which is ten seconds. */
const TIMEOUT_MS = 8_000;

/** See the head of this file. */
export class Api {
  readonly #fetch: typeof fetch;
  readonly #baseUrl: string;

  constructor(fetcher: typeof fetch, baseUrl: string) {
    [this.#fetch, this.#baseUrl] = [fetcher, baseUrl];
  }

  /** One request and its answer. */
  async exchange<T>(call: ApiRequest, token?: string): Promise<Outcome<T>> {
    const { method, headers, body } = call;
    const send = this.#fetch;
    try {
      const response = await send(call.url(token, this.#baseUrl), {
        method,
        headers,
        ...(body === undefined ? {} : { body: body as BodyInit }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return (await decode(call.endpoint, response)) as Outcome<T>;
    } catch (error) {
      throw withoutToken(error);
    }
  }

  /**
   * Checks a call and has the token at hand that it names, if any; what it gives makes the call. So nothing is
   * held of the quota while somebody waits for a token.
   */
  async prepare<E extends keyof Endpoints>(
    endpoint: E,
    params: Endpoints[E]["params"],
    with_: { kind: AccountKind; tokens: TokenSources; report: Report },
  ): Promise<() => Promise<Outcome<Endpoints[E]["result"]>>> {
    const { kind, report } = with_;
    const call = request(endpoint, params, { kind });
    if (call.auth === "none") return () => this.exchange(call);
    const tokens = with_.tokens[call.auth];
    let token: string;
    try {
      token = await tokens.use();
      // Of a token that is none, too, nobody shall hear only while something is held.
      call.url(token);
    } catch (error) {
      throw noToken(error);
    }
    return async () => {
      const outcome = await this.exchange<Endpoints[E]["result"]>(call, token);
      if (outcome.ok || outcome.rejection.kind !== "token_rejected") return outcome;
      // WeChat does nothing when it refuses a token. Once more, and never in a loop.
      let other: string;
      try {
        await tokens.rejected(token);
        other = await tokens.use();
      } catch (error) {
        report(error, "token");
        return outcome;
      }
      const again = await this.exchange<Endpoints[E]["result"]>(call, other);
      if (!again.ok && again.rejection.kind === "token_rejected") {
        await tokens.rejected(other).catch((error: unknown) => report(error, "token"));
      }
      return again;
    };
  }
}
