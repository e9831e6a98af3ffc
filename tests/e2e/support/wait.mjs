// Waiting for what a page comes to show.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** Waits until the assertions in `check` hold; fails as they failed last. */
export async function eventually(check) {
  const until = Date.now() + 15_000;
  for (;;) {
    try {
      return await check();
    } catch (failed) {
      if (!(failed instanceof assert.AssertionError) || Date.now() > until) throw failed;
    }
    await setTimeout(50);
  }
}

/** Waits until what `read` answers is `expected`; fails with what it answered last. */
export function becomes(read, expected, message) {
  return eventually(async () => assert.deepEqual(await read(), expected, message));
}

/** Waits until the words that `read` answers match; fails with those it answered last. */
export function matches(read, pattern, message) {
  return eventually(async () => assert.match(await read(), pattern, message));
}
