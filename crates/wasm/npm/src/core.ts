// One instance of core, made on first use.

import { instantiate, type Core } from "#glue";
import { load } from "#load";

import { bridge } from "./bridge.js";
import { RushesError } from "./error.js";

let module: WebAssembly.Module | undefined;
let live: Core | undefined;

/** The instance in use; made, and its module compiled, on the first call. */
export function core(): Core {
  live ??= bridge(instantiate((module ??= compile())));
  return live;
}

/**
 * Calls core. An instance that was stopped in the middle (out of memory, say) may hold half-changed state: it is
 * thrown away and the call made once more on a fresh one. So only for calls that leave nothing behind.
 */
export function ask<T>(call: (core: Core) => T): T {
  const used = core();
  try {
    return call(used);
  } catch (error) {
    if (!isTrap(error)) throw error;
    discard(used);
    return call(core());
  }
}

/** Whether the instance was stopped in the middle and must not be used again. */
export function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** Drops an instance; the next call makes another. */
export function discard(used: Core): void {
  if (live === used) live = undefined;
}

function compile(): WebAssembly.Module {
  if (typeof WebAssembly === "undefined") {
    throw new RushesError({ kind: "unsupported", message: "Rushes needs WebAssembly, which this JavaScript engine does not offer." });
  }
  try {
    return load();
  } catch (cause) {
    if (RushesError.is(cause) || cause instanceof TypeError) throw cause;
    throw new RushesError({ kind: "unsupported", message: isPolicy(cause) ? FORBIDDEN : TOO_OLD, cause });
  }
}

const FORBIDDEN =
  "The page's Content-Security-Policy does not let WebAssembly be compiled. " +
  "Add 'wasm-unsafe-eval' to its script-src (it allows WebAssembly only, not eval).";
const TOO_OLD = "This JavaScript engine cannot compile the WebAssembly that Rushes needs; it is probably too old.";

/** Whether the engine refused because it was told to. Engines say so in their own words only. */
function isPolicy(cause: unknown): boolean {
  return /unsafe-eval|content.security.policy|\bcsp\b|disallowed|blocked/i.test(String(cause));
}
