/**
 * Kling v3.0 Standard on Novita AI: every rule checked before a cent is spent, sent once, watched to the end.
 *
 * @packageDocumentation
 */

export { check, estimate } from "./check.js";
export { Rushes, type Creator, type RushesOptions } from "./client.js";
export { RushesError, type RushesErrorKind, type RushesErrorParts } from "./error.js";
export { inspectImage } from "./image.js";
export { schemas, type RequestSchema, type SchemaResult } from "./schema.js";
export { type ResultOptions, type Task, type TaskPromise, type TaskResult, type TaskUpdate } from "./task.js";
export { type Video } from "./video.js";
export type {
  AspectRatio,
  CallOptions,
  CheckResult,
  Confirmed,
  CreateOptions,
  DebugEvent,
  Detail,
  Duration,
  Endpoint,
  Estimate,
  HeadersLike,
  ImageInput,
  ImageInspection,
  ImageToVideoRequest,
  InlineForm,
  Intent,
  IntentOutcome,
  IntentStore,
  Issue,
  IssueCode,
  MultiShotRequest,
  Rates,
  RequestOf,
  Shot,
  SingleTakeRequest,
  StoredImage,
  TaskJSON,
  TaskStatus,
  TextToVideoRequest,
} from "./types.js";
