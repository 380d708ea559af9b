/** Why a push was refused, for the developer. */

import type { Account } from "./account.js";
import * as check from "./arguments.js";
import type { Body, Source } from "./arguments.js";
import { Operation } from "./core.js";
import { FINDINGS } from "./generated/texts.js";
import type { Check, Code, Finding, Verdict } from "./generated/types.js";
import { native } from "./handle.js";

/** One check, and what it found. */
export interface ExplanationStep {
  /** What was checked. */
  check: Check;
  /** How it went. */
  verdict: Verdict;
  /** What was found. */
  finding: Finding;
  /** What it means and what to do, in English. */
  en: string;
  /** 含义与处理办法。 */
  zh: string;
  /** Names and values; never a secret. */
  facts: Record<string, string>;
}

/** What {@link explain} found. */
export interface Explanation {
  /** Whether `receive` accepts it. */
  accepted: boolean;
  /** The code of what `receive` throws. */
  code: Code | null;
  /** The checks in their order, up to the one that fails. */
  steps: ExplanationStep[];
}

type Findings = Record<Finding, readonly [en: string, zh: string]>;

let findings: Findings | undefined;

/**
 * Walks the checks of `receive` and, where one fails, tries the mistakes that people make until one fits.
 * It is for the developer, never for the answer.
 */
export function explain(account: Account, source: Source, body: Body, now?: number): Explanation {
  const query = check.query(source);
  const [bytes, at] = [check.body(body), check.moment(now)];
  const explanation: Explanation = JSON.parse(native(account).text(Operation.AccountExplain, query, bytes, at));
  findings ??= JSON.parse(FINDINGS) as Findings;
  for (const step of explanation.steps) [step.en, step.zh] = findings[step.finding];
  return explanation;
}
