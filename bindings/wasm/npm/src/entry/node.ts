/** Node, where nothing has bundled it: the module is a file of the package, and half of a script is not read. */

import { bytes } from "./wxkf.wasm?file";
import { load } from "../core.js";

load(new WebAssembly.Module(bytes));

export * from "../index.js";
