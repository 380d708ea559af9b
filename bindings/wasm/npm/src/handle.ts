/** Objects that live in the memory of the core. */

import type { Native } from "./core.js";
import { invalid, WxkfError } from "./errors.js";
import { seen } from "./seen.js";

/** What stands behind a handle. It throws if the handle was freed, or is none. */
export let native: (handle: Handle) => Native;

/**
 * Something that lives in the memory of the core. The garbage collector frees it in the end; `free()` or
 * `using` does so at once, and then it must not be used any more.
 */
export abstract class Handle implements Disposable {
  #native: Native | undefined;

  static {
    native = (handle) => {
      // A handle of another copy of the package has its memory elsewhere.
      if (!(#native in Object(handle))) throw invalid("this", "an object of this copy of wxkf", seen(handle));
      if (handle.#native) return handle.#native;
      throw new WxkfError("binding.freed", "caller", "the object was freed");
    };
    // Not every runtime has the symbol; `using` is compiled to whatever stands in for it.
    const dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
    Object.defineProperty(this.prototype, dispose, {
      value(this: Handle) {
        this.free();
      },
      configurable: true,
      writable: true,
    });
  }

  /** @internal */
  constructor(native: Native) {
    this.#native = native;
  }

  /** Gives its memory back. To call it again changes nothing. */
  free(): void {
    this.#native?.free();
    this.#native = undefined;
  }

  /** What `using` calls: the same as {@link free}. */
  declare [Symbol.dispose]: () => void;
}
