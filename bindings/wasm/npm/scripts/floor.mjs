// The module of `cargo xtask npm-floor`, loaded as `wxkf` loads its own. `cold.mjs` bundles it.

import * as glue from "../floor/core_bg.js";
import wasm from "../floor/core_bg.wasm";

const module = new WebAssembly.Module(Buffer.from(wasm, "base64"));
const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue });
glue.__wbg_set_wasm(exports);

export const ask = glue.call;
