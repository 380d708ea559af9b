/** What WeChat's return codes mean. */

import { integer } from "./arguments.js";
import { ERRCODES, KIND_ADVICE } from "./generated/texts.js";
import type { RejectionKind } from "./generated/types.js";

/** One return code, for people. */
export interface ErrcodeInfo {
  /** The code. */
  errcode: number;
  /** What a program acts on; `null` for success. */
  kind: RejectionKind | null;
  /** What it means. */
  meaning: { en: string; zh: string };
  /** What to do about it. */
  advice: { en: string; zh: string };
}

/** What a return code means and what to do about it; `null` if nothing is known of it. */
export function errcode(code: number): ErrcodeInfo | null {
  const row = ERRCODES.find(([known]) => known === integer("code", code));
  if (!row) return null;
  const [errcode, kind, en, zh, adviceEn, adviceZh] = row;
  const [kindEn, kindZh] = kind === null ? ["", ""] : KIND_ADVICE[kind];
  return { errcode, kind, meaning: { en, zh }, advice: { en: adviceEn ?? kindEn, zh: adviceZh ?? kindZh } };
}
