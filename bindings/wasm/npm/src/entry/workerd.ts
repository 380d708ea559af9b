/** Cloudflare Workers: the module is compiled when the Worker is uploaded. */

import wasm from "./wxkf.wasm";
import { load } from "../core.js";

load(wasm);

export * from "../index.js";
