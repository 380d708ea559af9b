/** What stands for a module: the build puts scripts for the first two beside, the others are the platform's to compile. */
declare module "*.wasm?base64" {
  export const base64: string;
}

declare module "*.wasm?file" {
  export const bytes: BufferSource;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
