// The module from its file. A bundler that does not know the condition `module` takes this script along and leaves
// the file behind; so it finds the text here, which Node does not look at while there is the file.
exports.bytes = read();

function read() {
  try {
    return require("node:fs").readFileSync(require("node:path").join(__dirname, "wxkf.wasm"));
  } catch {
    return Buffer.from(require("./wasm.cjs").base64, "base64");
  }
}
