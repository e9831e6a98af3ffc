/**
 * Stores for what is sent, so that it is known after a crash: in the browser's database, or wherever you keep things.
 *
 * @packageDocumentation
 */

export { indexedDBStore, type IndexedDBStoreOptions } from "./store/indexeddb.js";
export { intentStore, type Keeper, type StoreOptions } from "./store/journal.js";
export type { KeptIntents } from "./store/kept.js";
