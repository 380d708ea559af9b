/**
 * Where a module may be compiled from bytes, and for bundlers: it is a script, so that nothing has to be found or
 * fetched.
 */

import { base64 } from "./wxkf.wasm?base64";
import { fromBase64 } from "../base64.js";
import { load } from "../core.js";

load(new WebAssembly.Module(fromBase64(base64)));

export * from "../index.js";
