/**
 * All of `wxkf` but the module, for those who load it themselves. It is at `wxkf/wxkf.wasm`.
 *
 * @packageDocumentation
 */

import { bytes, object } from "../arguments.js";
import { load } from "../core.js";
import { invalid } from "../errors.js";
import { seen } from "../seen.js";

export * from "../index.js";

/**
 * Makes everything else work, with a `WebAssembly.Module` or its bytes. Call it once, before anything else;
 * to call it again changes nothing.
 */
export function init(module: object): void {
  const isBytes = ArrayBuffer.isView(module) || module instanceof ArrayBuffer;
  try {
    load(isBytes ? new WebAssembly.Module(bytes("module", module) as BufferSource) : object("module", module, WANTED));
  } catch (error) {
    // What is no module. One that is broken, or forbidden by the platform, has an error that says so.
    throw error instanceof TypeError ? invalid("module", WANTED, seen(module)) : error;
  }
}

const WANTED = "a WebAssembly.Module or its bytes";
