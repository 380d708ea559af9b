/** Where a module may be compiled from bytes: it is in this file, so that nothing has to be found or fetched. */

import wasm from "./wxkf.wasm?base64";
import { fromBase64 } from "../base64.js";
import { load } from "../core.js";

load(new WebAssembly.Module(fromBase64(wasm)));

export * from "../index.js";
