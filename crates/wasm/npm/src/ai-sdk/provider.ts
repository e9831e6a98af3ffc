import { Rushes, type RushesOptions, type Task } from "rushes";

import { noSuchModel } from "./errors.js";
import { videoModel } from "./model.js";
import { MODELS, type RushesModelId } from "./settings.js";
import type { RushesVideoModel } from "./types.js";

/** What the provider can be told: what a client can be told, or a client. */
export interface RushesProviderOptions extends RushesOptions {
  /** A client of one's own; all other options of clients are ignored then. */
  client?: Rushes | undefined;
  /**
   * Called with every task as soon as there is one, and waited for: the moment to store its id. The AI SDK itself tells
   * ids only of videos that were made, and of several made at once none if one fails. What it throws ends the call; the
   * task goes on.
   */
  onTask?: ((task: Task) => unknown) | undefined;
}

/** A provider for the AI SDK, of videos only. */
export interface RushesProvider {
  readonly specificationVersion: "v3";
  /** A model for `experimental_generateVideo`. */
  video(modelId: RushesModelId): RushesVideoModel;
  /** The same, as registries call it. */
  videoModel(modelId: RushesModelId): RushesVideoModel;
  /** There is none. @throws always */
  languageModel(modelId: string): never;
  /** There is none. @throws always */
  embeddingModel(modelId: string): never;
  /** There is none. @throws always */
  imageModel(modelId: string): never;
}

/**
 * A provider for the Vercel AI SDK.
 *
 * A video is sent once: the AI SDK calls again only where surely nothing was accepted. Errors are `RushesError`s, and
 * `APICallError`s by the AI SDK's own test.
 *
 * @example
 * ```ts
 * const provider = createRushes({ apiKey, onTask: (task) => store(task.id) });
 * const { video } = await experimental_generateVideo({
 *   model: provider.video("kling-v3.0-std"),
 *   prompt: { image: photo, text: "The fox wakes" },
 *   duration: 8,
 *   providerOptions: { rushes: { sound: true, negative_prompt: "blur" } },
 * });
 * ```
 */
export function createRushes({ client, onTask, ...options }: RushesProviderOptions = {}): RushesProvider {
  let made = client;
  const context = { client: () => (made ??= new Rushes(options)), onTask };
  const video = (modelId: RushesModelId) => {
    if (!MODELS.includes(modelId)) throw noSuchModel(modelId, "videoModel");
    return videoModel(modelId, context);
  };
  const none = (modelType: string) => (modelId: string) => {
    throw noSuchModel(modelId, modelType);
  };
  return {
    specificationVersion: "v3",
    video,
    videoModel: video,
    languageModel: none("languageModel"),
    embeddingModel: none("embeddingModel"),
    imageModel: none("imageModel"),
  };
}

/** The provider with the key from `NOVITA_API_KEY`. */
export const rushes: RushesProvider = /* @__PURE__ */ createRushes();
