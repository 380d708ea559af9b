// One line a check, and the count of them.

/** Collects results. A check that cannot run is said to be absent, and counts as failed where all must run. */
export class Report {
  #passed = 0;
  #failed = [];
  #absent = [];
  #only;

  /** With names, only checks that begin with one of them are run. */
  constructor(only) {
    this.#only = only;
  }

  /** Runs a check. What it returns is printed behind its name; what it throws is its failure. */
  async check(name, version, act) {
    if (!this.wants(name)) return;
    const began = performance.now();
    try {
      const note = await act();
      this.#passed += 1;
      this.#line("ok", name, version, began, note ?? "");
    } catch (error) {
      this.#failed.push(name);
      this.#line("FAILED", name, version, began, "");
      // Programs print the line that failed, and a line of a bundle may hold all of it.
      console.log(String(error?.stack ?? error).replace(/^.*$/gm, (line) => `    ${line.slice(0, 300)}`));
    }
  }

  /** Says that something is not on this machine. */
  absent(name, what) {
    if (!this.wants(name)) return;
    this.#absent.push(name);
    console.log(`ABSENT ${name}: ${what}`);
  }

  /** Whether a check of that name is to be run. */
  wants(name) {
    return this.#only.length === 0 || this.#only.some((prefix) => name.startsWith(prefix));
  }

  /** Prints the sum; whether all is well. */
  finish() {
    const [failed, absent] = [this.#failed, this.#absent];
    console.log(`\n${this.#passed} passed, ${failed.length} failed, ${absent.length} absent`);
    if (failed.length > 0) console.log(`failed: ${failed.join(", ")}`);
    const all = process.env.WXKF_REQUIRE_ALL === "1";
    return this.#passed > 0 && failed.length === 0 && !(all && absent.length > 0);
  }

  #line(verdict, name, version, began, note) {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${verdict.padEnd(7)} ${name.padEnd(26)} ${version.padEnd(14)} ${seconds.padStart(5)} s  ${note}`);
  }
}
