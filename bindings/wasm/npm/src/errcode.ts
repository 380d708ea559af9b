/** What WeChat's return codes mean. */

import { integer } from "./arguments.js";
import { ERRCODES, KIND_ADVICE } from "./generated/texts.js";
import type { Errcode, RejectionKind } from "./generated/types.js";

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

type Both = readonly [en: string, zh: string];
type Row = readonly [
  code: Errcode,
  kind: RejectionKind | null,
  en: string,
  zh: string,
  adviceEn: string | null,
  adviceZh: string | null,
];

let tables: { errcodes: Row[]; advice: Record<RejectionKind, Both> } | undefined;

/** What a return code means and what to do about it; `null` if nothing is known of it. */
export function errcode(code: number): ErrcodeInfo | null {
  integer("code", code);
  tables ??= { errcodes: JSON.parse(ERRCODES), advice: JSON.parse(KIND_ADVICE) };
  const row = tables.errcodes.find(([known]) => known === code);
  if (!row) return null;
  const [errcode, kind, en, zh, adviceEn, adviceZh] = row;
  const [kindEn, kindZh] = kind === null ? ["", ""] : tables.advice[kind];
  return { errcode, kind, meaning: { en, zh }, advice: { en: adviceEn ?? kindEn, zh: adviceZh ?? kindZh } };
}
