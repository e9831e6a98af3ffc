import { check, estimate, type Rushes, type RushesError, type Task, type TaskJSON, type Video } from "rushes";

import { marked } from "./errors.js";
import { translate, type RushesModelId, type Translated } from "./settings.js";
import type {
  RushesVideoModel,
  VideoCallOptions,
  VideoData,
  VideoFacts,
  VideoResponse,
  VideoResult,
  VideoWarning,
} from "./types.js";

/** What a model stands on. */
export interface ModelContext {
  /** The client, made when it is first needed. */
  client: () => Rushes;
  onTask: ((task: Task) => unknown) | undefined;
}

/** Stands for an image where only what is said of the rest matters. */
const SOME_IMAGE = "https://example.com/image.png";

/** A model. No method needs its `this`: the AI SDK wraps models in proxies. */
export function videoModel(modelId: RushesModelId, context: ModelContext): RushesVideoModel {
  const response = (): VideoResponse => ({ timestamp: new Date(), modelId, headers: undefined });
  return {
    specificationVersion: "v3",
    provider: "rushes",
    modelId,
    maxVideosPerCall: 1,

    async doGenerate(options) {
      const { task, warnings, facts } = await start(modelId, context, options);
      const { abortSignal: signal } = options;
      return guarded(context, false, async () => {
        const { videos } = await task.result({ signal });
        const data = await Promise.all(videos.map(async (video) => binary(video, signal)));
        return { videos: data, warnings, ...facing(videos, facts), response: response() };
      });
    },

    async doStart(options) {
      const { task, warnings, facts } = await start(modelId, context, options);
      if (options.webhookUrl !== undefined) {
        warnings.push({ type: "unsupported", feature: "webhookUrl", details: "Ask for the status instead." });
      }
      const operation = { ...task.toJSON() };
      return { operation, warnings, providerMetadata: { rushes: { videos: [facts] } }, response: response() };
    },

    async doStatus({ operation, abortSignal: signal }) {
      return guarded(context, false, async () => {
        const task = context.client().task(operation as TaskJSON);
        const { seconds } = task.toJSON();
        const facts: VideoFacts = seconds === undefined ? { taskId: task.id } : { taskId: task.id, seconds };
        const found = await look(task, signal);
        if (found.status !== "completed") {
          return { ...found, providerMetadata: { rushes: { videos: [facts] } }, response: response() };
        }
        const { status, videos } = found;
        return { status, videos: videos.map(where), warnings: [], ...facing(videos, facts), response: response() };
      });
    },
  };
}

interface Started {
  task: Task;
  warnings: VideoWarning[];
  facts: VideoFacts;
}

async function start(modelId: RushesModelId, context: ModelContext, options: VideoCallOptions): Promise<Started> {
  if (options.n > 1) throw new TypeError("one video a call: leave maxVideosPerCall out, and n makes as many calls");
  const { endpoint, request, warnings } = translate(modelId, options);
  const client = context.client();
  const creator = endpoint === "text-to-video" ? client.textToVideo : client.imageToVideo;
  const sent = { signal: options.abortSignal, headers: headersOf(options.headers) };
  // Whatever is wrong with the request, `create` says it.
  const task: Task = await guarded(context, true, async () => creator.create(request as never, sent));
  await context.onTask?.(task);
  warnings.push(...cautions(endpoint, request));
  return { task, warnings, facts: factsOf(task, endpoint, request) };
}

/** Everything but what the AI SDK adds by itself: a name, and a key for providers that know repeated requests by it. */
function headersOf(given: VideoCallOptions["headers"] = {}): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value = ""] of Object.entries(given)) {
    if (value === "" || value.startsWith("aisdk_vid_") || name.toLowerCase() === "user-agent") continue;
    headers[name] = value;
  }
  return headers;
}

/** What the author of an accepted request should know. */
function cautions(endpoint: Translated["endpoint"], request: Translated["request"]): VideoWarning[] {
  const copy: Record<string, unknown> = { ...request };
  // A file's bytes were judged before they were sent.
  for (const name of ["image", "end_image"]) if (ArrayBuffer.isView(copy[name])) copy[name] = SOME_IMAGE;
  const checked = check(endpoint, copy);
  const issues = checked.ok ? checked.warnings : checked.issues;
  return issues.map(({ path, message }) => ({ type: "other", message: `${path}: ${message}` }));
}

function factsOf(task: Task, endpoint: Translated["endpoint"], request: Record<string, unknown>): VideoFacts {
  const { seconds, usd } = estimate(endpoint, request as never);
  return { taskId: task.id, seconds, estimatedUsd: usd };
}

function facing(videos: readonly Video[], facts: VideoFacts): Pick<VideoResult, "providerMetadata"> {
  const all = videos.map(({ url, expiresAt }) => {
    const told: VideoFacts = { ...facts, url };
    if (expiresAt !== null) told.expiresAt = expiresAt.toISOString();
    return told;
  });
  return { providerMetadata: { rushes: { videos: all } } };
}

async function binary(video: Video, signal: AbortSignal | undefined): Promise<VideoData> {
  const blob = await video.blob({ signal });
  return { type: "binary", data: new Uint8Array(await blob.arrayBuffer()), mediaType: mediaType(video.type) };
}

function where({ url, type }: Video): VideoData {
  return { type: "url", url, mediaType: mediaType(type) };
}

function mediaType(type: string | null): string {
  return type === "gif" ? "image/gif" : `video/${type ?? "mp4"}`;
}

type Found =
  | { status: "pending" }
  | { status: "completed"; videos: readonly Video[] }
  | { status: "error"; error: string };

/** One look. Only the provider's own word ends a task: a look that told nothing leaves it pending. */
async function look(task: Task, signal: AbortSignal | undefined): Promise<Found> {
  const updates = task.updates({ signal });
  const { value } = await updates.next();
  await updates.return?.();
  if (value === undefined || !value.ended) {
    if (value?.problem != null && isFinal(value.problem)) throw value.problem;
    return { status: "pending" };
  }
  if (value.status === "failed") {
    return { status: "error", error: value.reason ?? "The task failed, and nothing says why." };
  }
  const { videos } = await task.result({ signal });
  return { status: "completed", videos };
}

/** Whether asking again is of no use before somebody acts. */
function isFinal({ kind }: RushesError): boolean {
  return ["auth", "permission", "balance"].includes(kind);
}

async function guarded<T>(context: ModelContext, mayCallAgain: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw marked(error, context.client().toJSON().baseURL, mayCallAgain);
  }
}
