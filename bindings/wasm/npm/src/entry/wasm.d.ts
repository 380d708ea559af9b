/** What stands for a module: the build puts its base64 in place, the others are the platform's to compile. */
declare module "*.wasm?base64" {
  const base64: string;
  export default base64;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
