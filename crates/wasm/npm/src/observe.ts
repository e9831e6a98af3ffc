/**
 * One task as a store: `subscribe` and `getSnapshot`, as React's `useSyncExternalStore`, Svelte, Vue and Solid take it.
 *
 * @packageDocumentation
 */

export { observe, type TaskSnapshot, type TaskStore } from "./observe/store.js";
