/**
 * A store for what is sent in a folder of files, for Node, Deno and Bun, so that it is known after a crash.
 *
 * @packageDocumentation
 */

export { fileStore } from "./store/files.js";
export type { StoreOptions } from "./store/journal.js";
export type { KeptIntents } from "./store/kept.js";
