// What it means when an engine does not compile WebAssembly.

import { RushesError } from "../error.js";

const FORBIDDEN =
  "The page's Content-Security-Policy does not let WebAssembly be compiled. " +
  "Add 'wasm-unsafe-eval' to its script-src (it allows WebAssembly only, not eval).";
const TOO_OLD = "This JavaScript engine cannot compile the WebAssembly that Rushes needs; it is probably too old.";
const ABSENT = "Rushes needs WebAssembly, which this JavaScript engine does not offer.";

/** Throws where there is no WebAssembly at all. */
export function demandWebAssembly(): void {
  if (typeof WebAssembly === "undefined") throw new RushesError({ kind: "unsupported", message: ABSENT });
}

/** Whether the engine refused because it was told to. Engines say so in their own words only. */
export function isForbidden(cause: unknown): boolean {
  return /unsafe-eval|content.security.policy|\bcsp\b|disallowed|blocked/i.test(String(cause));
}

/** The error for a module that was not compiled. */
export function refused(cause: unknown): RushesError {
  return new RushesError({ kind: "unsupported", message: isForbidden(cause) ? FORBIDDEN : TOO_OLD, cause });
}
