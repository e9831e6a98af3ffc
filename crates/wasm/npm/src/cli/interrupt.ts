// Ctrl-C means "stop looking". It never cancels a task, and while a request is on its way the answer is waited for:
// the id in it is the only way to a video that is being paid for.

import { Stop } from "./codes.js";
import type { Say } from "./say.js";

/** What listens for Ctrl-C. */
export interface Interrupt {
  /** Aborted, with a `Stop` as its reason, when it is time to go. */
  signal: AbortSignal;
  /** Runs what must not be left in the middle: Ctrl-C is heeded after it, the second one at once. */
  shielded<T>(work: () => Promise<T>): Promise<T>;
  /** As if Ctrl-C had been pressed. */
  press(): void;
  /** Stops listening. */
  end(): void;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 130 } as const;

/** Listens for Ctrl-C and its like. */
export function onSignals(say: Say): Interrupt {
  const controller = new AbortController();
  let shields = 0;
  let pressed: keyof typeof SIGNALS | undefined;
  const go = (name: keyof typeof SIGNALS) => controller.abort(new Stop("interrupted", SIGNALS[name], "Stopped looking."));
  const press = (name: keyof typeof SIGNALS) => {
    if (pressed !== undefined) {
      if (shields > 0) {
        say.line("Left without the answer: the request may have been accepted and billed. Look at the account before sending it again.");
        say.json({ event: "error", kind: "unsure", message: "Left without the answer.", exitCode: SIGNALS[name] });
      }
      process.exit(SIGNALS[name]);
    }
    pressed = name;
    if (shields === 0) return go(name);
    say.line("The request is on its way: waiting for its answer, so that the task's id is not lost. Ctrl-C again leaves at once.");
  };
  const handlers = Object.keys(SIGNALS).map((name) => [name, () => press(name as keyof typeof SIGNALS)] as const);
  for (const [name, handler] of handlers) process.on(name, handler);
  return {
    signal: controller.signal,
    shielded: async (work) => {
      shields++;
      try {
        return await work();
      } finally {
        shields--;
        if (pressed !== undefined) go(pressed);
      }
    },
    press: () => press("SIGINT"),
    end: () => {
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}
