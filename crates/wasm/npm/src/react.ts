"use client";
/**
 * A task in a React component.
 *
 * @packageDocumentation
 */

export { useTask } from "./react/use-task.js";
export type { TaskSnapshot } from "rushes/observe";
