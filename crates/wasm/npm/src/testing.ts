/**
 * A test kit: the provider in memory, scripted, with a bill, and a clock that need not be waited for.
 *
 * @packageDocumentation
 */

export { FakeProvider, type Bill, type FakeProviderOptions } from "./testing/provider.js";
export { FakeTime, withoutWaiting, type FakeTimeOptions, type WithoutWaitingOptions } from "./testing/time.js";
export type { Call, Fault, Read, Refusal, Step, TaskState } from "./testing/script.js";
export type { BilledTask } from "./testing/tasks.js";
export type { ErrorStyle } from "./testing/answers.js";
