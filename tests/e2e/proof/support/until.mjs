// Waiting for a state, not for a time.

import { setTimeout as sleep } from "node:timers/promises";

/** How long a state may take on a slow, busy machine before the test gives up, in milliseconds. */
export const PATIENCE = 60_000;
/** Pause between two looks, in milliseconds. */
const PAUSE = 40;

/** Waits until `look` gives something, and gives that. */
export async function until(what, look, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(PAUSE);
  }
}
