/** The module in WebAssembly: loading it, and the way to its glue. */

// @ts-expect-error: the generator writes its types under another name.
import * as bare from "../glue/core_bg.js";
import { WxkfError } from "./errors.js";

type Glue = typeof import("../glue/core.js");

const glue = bare as Glue & WebAssembly.ModuleImports & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let isLoaded = false;

/** Makes the instance that everything in this copy of the package uses. A second call changes nothing. */
export function load(module: WebAssembly.Module): void {
  if (isLoaded) return;
  const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  // Sets up the table of texts that the module throws.
  (exports as { __wbindgen_start(): void }).__wbindgen_start();
  isLoaded = true;
}

/** The glue, once there is something behind it. */
export function core(): Glue {
  if (isLoaded) return glue;
  throw new WxkfError("binding.not_loaded", "caller", "call init(module) of wxkf/slim first");
}
