// Waiting for what a page comes to show.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** Waits until what `read` answers is `expected`; fails with what it answered last. */
export async function becomes(read, expected, message) {
  const until = Date.now() + 15_000;
  for (;;) {
    const found = await read();
    try {
      return assert.deepEqual(found, expected, message);
    } catch (failed) {
      if (Date.now() > until) throw failed;
    }
    await setTimeout(50);
  }
}
