/** The module in WebAssembly: loading it, and asking it. */

// @ts-expect-error: the generator writes its types under another name.
import * as bare from "../glue/core_bg.js";
import type { Bytes } from "./arguments.js";
import { thrown, WxkfError } from "./errors.js";

type Glue = typeof import("../glue/core.js");

const glue = bare as Glue & WebAssembly.ModuleImports & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

/** What the module can be asked. The crate says what each is given and what it answers. */
export const { Operation } = glue;
type Operation = import("../glue/core.js").Operation;

/** What it can be given. A text or bytes may be absent; a number that is absent is `NaN`. */
export type Given = string | Uint8Array | number | undefined;

let isLoaded = false;

/** Makes the instance that everything in this copy of the package uses. A second call changes nothing. */
export function load(module: WebAssembly.Module): void {
  if (isLoaded) return;
  const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  (exports as { __wbindgen_start(): void }).__wbindgen_start();
  isLoaded = true;
}

/** Asks what is of no object, and gets bytes. */
export function bytesOf(operation: Operation, ...given: Given[]): Bytes {
  return ask(operation, 0, given).bytes.slice();
}

/** Asks what is of no object, and gets a text. */
export function textOf(operation: Operation, ...given: Given[]): string {
  return utf8.decode(ask(operation, 0, given).bytes);
}

/** Asks what is of no object, and gets a text if there is an answer. */
export function maybeTextOf(operation: Operation, ...given: Given[]): string | undefined {
  return maybe(ask(operation, 0, given));
}

/** Makes an object that is of no other. What else is answered is the name of what cannot be. */
export function make(operation: Operation, ...given: Given[]): Native | string {
  return made(ask(operation, 0, given));
}

/** An object in the memory of the module. The garbage collector frees it in the end. */
export class Native {
  /** What was said of it when it was made. */
  readonly about: string;
  readonly #number: number;

  /** By its number. */
  constructor(number: number, about: string) {
    this.about = about;
    this.#number = number;
    forgotten?.register(this, number, this);
  }

  /** Makes another object with it. */
  make(operation: Operation, ...given: Given[]): Native | string {
    return made(ask(operation, this.#number, given));
  }

  /** Asks it, and gets bytes. */
  bytes(operation: Operation, ...given: Given[]): Bytes {
    return ask(operation, this.#number, given).bytes.slice();
  }

  /** Asks it, and gets a text. */
  text(operation: Operation, ...given: Given[]): string {
    return utf8.decode(ask(operation, this.#number, given).bytes);
  }

  /** Asks it, and gets a text if there is an answer. */
  maybeText(operation: Operation, ...given: Given[]): string | undefined {
    return maybe(ask(operation, this.#number, given));
  }

  /** Gives its memory back. It must not be asked any more. */
  free(): void {
    forgotten?.unregister(this);
    free(this.#number);
  }
}

/** A moment that was answered. */
export function momentOf(answer: string | undefined): number | null {
  return answer === undefined ? null : Number(answer);
}

function maybe({ kind, bytes }: Answer): string | undefined {
  return kind === Kind.Nothing ? undefined : utf8.decode(bytes);
}

function made({ kind, bytes }: Answer): Native | string {
  const text = utf8.decode(bytes);
  if (kind !== Kind.Object) return text;
  const end = text.indexOf("\n");
  return new Native(Number(text.slice(0, end)), text.slice(end + 1));
}

const free = (number: number): unknown => ask(Operation.Free, 0, [number]);
const forgotten = globalThis.FinalizationRegistry && new FinalizationRegistry(free);

/** The last byte of an answer. */
const Kind = { Error: 0, Nothing: 1, Bytes: 2, Object: 3, Gone: 4 };

interface Answer {
  kind: number;
  /** A view of what came; it is copied before anybody else gets it. */
  bytes: Bytes;
}

function ask(operation: Operation, object: number, given: Given[]): Answer {
  if (!isLoaded) throw new WxkfError("binding.not_loaded", "caller", "call init(module) of wxkf/slim first");
  const asked = frame(given);
  let answer: Bytes;
  try {
    answer = glue.call(operation, object, asked) as Bytes;
  } finally {
    // Keys and tokens may have been in it.
    asked.fill(0);
  }
  const end = answer.length - 1;
  const [kind, bytes] = [answer[end] as number, answer.subarray(0, end)];
  if (kind === Kind.Error) throw thrown(utf8.decode(bytes));
  if (kind === Kind.Gone) throw new WxkfError("binding.freed", "caller", "the object was freed");
  return { kind, bytes };
}

/** Written over by each call; what is larger has a memory of its own, for as long as it is needed. */
let reused = new Uint8Array(0);
const REUSED = 32_768;
/** The length of what is absent. */
const ABSENT = 2 ** 32 - 1;

/** All that is given, one after another: numbers as eight bytes, texts and bytes behind their length in four. */
function frame(given: Given[]): Uint8Array {
  let room = 0;
  // A number takes eight bytes, a character of a text three at most.
  for (const it of given) room += 8 + (typeof it === "string" ? 3 * it.length : typeof it === "object" ? it.length : 0);
  if (room <= REUSED && reused.length < REUSED) reused = new Uint8Array(REUSED);
  const bytes = room <= REUSED ? reused : new Uint8Array(room);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const it of given) {
    if (typeof it === "number") {
      view.setFloat64(at, it, true);
      at += 8;
    } else if (it === undefined) {
      view.setUint32(at, ABSENT, true);
      at += 4;
    } else {
      const length = put(it, bytes, at + 4);
      view.setUint32(at, length, true);
      at += 4 + length;
    }
  }
  return bytes.subarray(0, at);
}

function put(it: string | Uint8Array, into: Uint8Array, at: number): number {
  if (typeof it === "string") return encoder.encodeInto(it, into.subarray(at)).written;
  into.set(it, at);
  return it.length;
}

const encoder = new TextEncoder();
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
