// One instance of core, made on first use.

import { load } from "#load";

import { bridge } from "./bridge.js";
import { RushesError } from "./error.js";
import { demandWebAssembly, isForbidden, refused } from "./load/refused.js";
import type { Core, Raw } from "./raw.js";

let module: WebAssembly.Module | undefined;
let live: Core | undefined;

/** The instance in use; made, and its module compiled, on the first call. */
export function core(): Core {
  live ??= bridge(start((module ??= compile())));
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
  demandWebAssembly();
  try {
    return load();
  } catch (cause) {
    if (RushesError.is(cause) || cause instanceof TypeError) throw cause;
    throw refused(cause);
  }
}

/** WebKit compiles what a policy forbids, and refuses to make an instance of it. */
function start(module: WebAssembly.Module): Raw {
  try {
    return new WebAssembly.Instance(module).exports as unknown as Raw;
  } catch (cause) {
    throw isForbidden(cause) ? refused(cause) : cause;
  }
}
