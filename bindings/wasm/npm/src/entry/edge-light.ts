/** Vercel Edge: the module is compiled by the platform, which knows it by the mark behind the name. */

import wasm from "./wxkf.wasm?module";
import { load } from "../core.js";

load(wasm);

export * from "../index.js";
