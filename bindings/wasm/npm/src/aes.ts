/** AES by `node:crypto`, in the runtimes that have it: several times as fast as in WebAssembly. */

/** What is used of `node:crypto`. */
interface NodeCrypto {
  createCipheriv: Make;
  createDecipheriv: Make;
}

type Make = (
  name: string,
  key: Uint8Array,
  iv: Uint8Array,
) => { setAutoPadding(pads: boolean): unknown; update(blocks: Uint8Array): Uint8Array };

let crypto: NodeCrypto | false | undefined;
let bytes = 0;

/** To load `node:crypto` takes as long as the module takes for so many bytes: a short life is not for it. */
const BYTES_BEFORE_LOAD = 32_768;

/**
 * AES-256 in CBC mode without padding, in place: the module calls it with views of its own memory. `false` says
 * that nothing was touched; then the module does it itself.
 */
export function aes_256_cbc(encrypts: boolean, key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): boolean {
  if (crypto === undefined) {
    bytes += blocks.length;
    if (bytes < BYTES_BEFORE_LOAD) return false;
    crypto = nodeCrypto();
  }
  if (!crypto) return false;
  try {
    const make = encrypts ? crypto.createCipheriv : crypto.createDecipheriv;
    const cipher = make("aes-256-cbc", key, iv);
    cipher.setAutoPadding(false);
    const made = cipher.update(blocks);
    if (made.length !== blocks.length) return false;
    blocks.set(made);
    return true;
  } catch {
    // A runtime that has the name but not the cipher.
    crypto = false;
    return false;
  }
}

/** Asked for at a message, not at load, and without an import that a bundler would have to find. */
function nodeCrypto(): NodeCrypto | false {
  try {
    const { process } = globalThis as {
      process?: { getBuiltinModule?(name: string): unknown };
    };
    return (process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined) ?? false;
  } catch {
    return false;
  }
}
