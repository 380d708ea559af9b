// What every store has to keep of its promise. It runs wherever a store runs, so it asks for nothing but
// the language.

/**
 * Throws if the store breaks its word. `isAtomic`: nobody can come between compare and set. `endsInTime`:
 * a value is gone when its time is over.
 */
export async function checkStore(store, { isAtomic = true, endsInTime = true } = {}) {
  const run = `t${Math.random().toString(36).slice(2)}`;
  const key = (name) => `wxkf:${run}:${name}:微信 o_-`;
  const minute = 60_000;
  const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
  const [one, two] = [Uint8Array.of(1, 0, 255), Uint8Array.of(2)];

  same(await store.get(key("none")), null, "nothing is there");
  is(!(await store.compareAndSet(key("none"), one, two, minute)), "nothing is not one");
  same(await store.get(key("none")), null, "and was not set");

  is(await store.compareAndSet(key("a"), null, bytes, minute), "nothing is nothing");
  same(await store.get(key("a")), bytes, "all bytes are kept");
  is(!(await store.compareAndSet(key("a"), null, one, minute)), "something is not nothing");
  is(!(await store.compareAndSet(key("a"), one, two, minute)), "another value");
  is(!(await store.compareAndSet(key("a"), bytes.slice(1), two, minute)), "nearly the value");
  same(await store.get(key("a")), bytes, "nothing has changed");
  is(await store.compareAndSet(key("a"), bytes, one, minute), "the value");
  same(await store.get(key("a")), one, "the next value");
  same(await store.get(key("b")), null, "keys are apart");

  if (endsInTime) {
    is(await store.compareAndSet(key("short"), null, one, 200), "set for a moment");
    is(await store.compareAndSet(key("long"), null, one, 200), "set for a moment");
    is(await store.compareAndSet(key("long"), one, two, minute), "and then for longer");
    await new Promise((resolve) => setTimeout(resolve, 600));
    same(await store.get(key("short")), null, "its time is over");
    is(await store.compareAndSet(key("short"), null, two, minute), "so nothing is there");
    same(await store.get(key("long")), two, "its time was made longer");
  }

  if (!isAtomic) return;
  const [workers, steps] = [20, 10];
  let conflicts = 0;
  const work = async () => {
    for (let step = 0; step < steps; ) {
      const old = await store.get(key("count"));
      const next = new Uint8Array(4);
      const count = old === null ? 0 : new DataView(old.slice().buffer).getUint32(0);
      new DataView(next.buffer).setUint32(0, count + 1);
      if (await store.compareAndSet(key("count"), old, next, minute)) step += 1;
      else conflicts += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const count = new DataView((await store.get(key("count"))).slice().buffer).getUint32(0);
  is(count === workers * steps, `${count} of ${workers * steps} changes were kept`);
  is(conflicts > 0, "nobody was faster than anybody: this shows nothing");
}

function is(holds, what) {
  if (!holds) throw new Error(`the store breaks its word: ${what}`);
}

function same(found, expected, what) {
  const text = (bytes) => (bytes === null ? "null" : `[${bytes.join()}]`);
  is(text(found) === text(expected), `${what} (${text(found)})`);
}
