/**
 * All of `wxkf` but the module, for those who load it themselves. It is at `wxkf/wxkf.wasm`.
 *
 * @packageDocumentation
 */

import { bytes } from "../arguments.js";
import { load } from "../core.js";

export * from "../index.js";

/** Makes everything else work. Call it once, before anything else; to call it again changes nothing. */
export function init(module: WebAssembly.Module | Uint8Array | ArrayBuffer): void {
  const isBytes = ArrayBuffer.isView(module) || module instanceof ArrayBuffer;
  load(isBytes ? new WebAssembly.Module(bytes("module", module) as BufferSource) : (module as WebAssembly.Module));
}
