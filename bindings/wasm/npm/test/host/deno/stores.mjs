import { checkStore } from "contract";
import { denoKvStore } from "wxkf/host";

for (const path of [":memory:", Deno.args[0]]) {
  const kv = await Deno.openKv(path);
  // Deno drops a value some time after its end.
  await checkStore(denoKvStore(kv), { endsInTime: false });
  kv.close();
}
console.log("two stores keep their word");
