// The licences lie at the root of the repository; a package needs its own copy while it is packed.

import { copyFile, rm } from "node:fs/promises";

const here = new URL("..", import.meta.url);
const root = new URL("../../..", here);

for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) {
  if (process.argv[2] === "copy") await copyFile(new URL(name, root), new URL(name, here));
  else await rm(new URL(name, here), { force: true });
}
