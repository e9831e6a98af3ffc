// The local service, misbehaving by a script that a test changes while it runs, and what it billed.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startServer } from "../../support/server.mjs";
import { until } from "./until.mjs";

/** No fault at all. */
export const CALM = [];

/**
 * A service that breaks by these rules (docs/faults.md); tasks only pretend to be rendered.
 *
 * `crash()` kills it without mercy, `relaunch()` starts it again, on the same port and with the same bill, under the
 * rules that were last given.
 */
export async function startService({
  rules = CALM, tasks = { queued_ms: 0, rendering_ms: 300 }, seed = 1, flags = [], address,
} = {}) {
  const folder = await mkdtemp(join(tmpdir(), "rushes-faults-"));
  const file = join(folder, "faults.json");
  const write = (given) => writeFile(file, JSON.stringify({ seed, tasks, rules: given }));
  await write(rules);
  const server = await startServer(["--faults", file, ...flags], address);

  async function ask(path, options) {
    const answer = await fetch(server.origin + path, options);
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  }

  const log = async (since = 0) => (await ask(`/faults/log?after=${since}`)).requests;

  return {
    origin: server.origin,
    crash: server.crash,
    relaunch: server.relaunch,
    /** The rules from the next launch on. */
    prepare: write,
    /** The rules from now on, with chances drawn from another seed if one is given. */
    async script(given, drawn = seed) {
      await write(given);
      const body = JSON.stringify({ seed: drawn, rules: given });
      await fetch(`${server.origin}/faults/script`, {
        method: "PUT", body, headers: { "content-type": "application/json" },
      }).then(async (answer) => {
        if (!answer.ok) throw new Error(`the script was refused: ${await answer.text()}`);
      });
    },
    bill: () => ask("/faults/bill"),
    /** What was billed for a prompt, zeros if nothing of it ever arrived. */
    async billed(prompt) {
      const { intents } = await ask("/faults/bill");
      return intents.find((intent) => intent.prompt === prompt)
        ?? { prompt, posts: 0, accepted: 0, answered: 0, tasks: [] };
    },
    /** Every request after that number of the log. */
    log,
    /** Waits until a request of that kind has arrived after that number of the log; it. */
    async arrived(on, since = 0) {
      return until(`a ${on} to arrive`, async () => {
        const entries = await log(since);
        return entries.find((entry) => entry.on === on);
      });
    },
    /** The number of the last request so far. */
    async last() {
      return (await log()).at(-1)?.number ?? 0;
    },
    /** What the provider itself says of a task. */
    task: (id) => ask(`/v3/async/task-result?task_id=${id}`),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
