// Deno without a single permission, and Bun.

import { join } from "node:path";
import { run, tool, UNCAUGHT, uncaught, versionOf } from "../tools.mjs";

const ESM = `import * as wxkf from "wxkf";
import * as host from "wxkf/host";
import { exercise } from "../exercise.mjs";
console.log(await exercise(wxkf, host));
`;
const CJS = `const wxkf = require("wxkf");
const host = require("wxkf/host");
import("../exercise.mjs").then(({ exercise }) => exercise(wxkf, host)).then(console.log);
`;

export async function projects(context) {
  const { report, same } = context;
  const folder = context.project("runtimes", { "esm.mjs": ESM, "cjs.cjs": CJS, "uncaught.mjs": UNCAUGHT });

  const deno = (file) =>
    run(tool("deno"), ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual", file], {
      cwd: folder,
      env: { DENO_DIR: join(context.root, "deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    });
  await report.check("deno", versionOf("deno"), async () => same(await deno("esm.mjs")));
  await report.check("deno-uncaught", versionOf("deno"), () => uncaught(deno("uncaught.mjs")));

  const bun = (...args) => run(tool("bun"), args, { cwd: folder });
  await report.check("bun-esm", versionOf("bun"), async () => same(await bun("esm.mjs")));
  await report.check("bun-cjs", versionOf("bun"), async () => same(await bun("cjs.cjs")));
  await report.check("bun-uncaught", versionOf("bun"), () => uncaught(bun("uncaught.mjs")));
  await report.check("bun-build", versionOf("bun"), async () => {
    await bun("build", "esm.mjs", "--target=node", "--outfile=out/node.mjs");
    same(await run(process.execPath, ["out/node.mjs"], { cwd: folder }));
    await bun("build", "esm.mjs", "--target=bun", "--outfile=out/bun.mjs");
    return same(await bun("out/bun.mjs"));
  });
}
