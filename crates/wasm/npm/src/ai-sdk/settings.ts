// What the AI SDK calls things, as this API calls them.

import type { Endpoint } from "rushes";

import type { VideoCallOptions, VideoModelFile, VideoWarning } from "./types.js";

/** The models: by the API's own names, or `kling-v3.0-std`, which is the one that the request is for. */
export const MODELS = ["kling-v3.0-std", "kling-v3.0-std-t2v", "kling-v3.0-std-i2v"] as const;

/** A model's id. */
export type RushesModelId = (typeof MODELS)[number];

/** A call, translated. */
export interface Translated {
  endpoint: Endpoint;
  request: Record<string, unknown>;
  warnings: VideoWarning[];
}

/** Pixels that the shapes have; frames per second. Source: Kling v3.0 Standard. */
const SIZES: Record<string, string> = { "1280x720": "16:9", "720x1280": "9:16", "720x720": "1:1" };
const FPS = 24;

/** Translates a call. What is wrong with it is not judged here: wrong values are passed on to be refused. */
export function translate(modelId: RushesModelId, options: VideoCallOptions): Translated {
  const own = options.providerOptions["rushes"] ?? {};
  const frame = (type: string) => options.frameImages?.find(({ frameType }) => frameType === type)?.image;
  const image = frame("first_frame") ?? options.image;
  const end = frame("last_frame");
  const given = [image, end, own["image"], own["end_image"]].some((one) => one !== undefined && one !== null);
  const isImage = modelId.endsWith("-i2v") || (given && !modelId.endsWith("-t2v"));
  const endpoint = isImage ? "image-to-video" : "text-to-video";
  const warnings: VideoWarning[] = [];
  const request: Record<string, unknown> = {
    image: image && source(image),
    prompt: options.prompt,
    duration: options.duration,
    aspect_ratio: shape(options, isImage, warnings),
    sound: options.generateAudio,
    end_image: end && source(end),
    ...own,
  };
  unsupported(options, warnings);
  return { endpoint, request, warnings };
}

function source(file: VideoModelFile): string | Uint8Array {
  if (file.type === "url") return file.url;
  const { data, mediaType } = file;
  return typeof data === "string" && !data.startsWith("data:") ? `data:${mediaType};base64,${data}` : data;
}

function shape(options: VideoCallOptions, isImage: boolean, warnings: VideoWarning[]): string | undefined {
  const { aspectRatio, resolution } = options;
  const ofResolution = resolution === undefined ? undefined : SIZES[resolution];
  const warn = (feature: string, details: string) => void warnings.push({ type: "unsupported", feature, details });
  if (isImage) {
    if (resolution !== undefined) warn("resolution", "The image decides the picture's size.");
    const isAsked = aspectRatio !== undefined && aspectRatio !== "adaptive";
    if (isAsked) warn("aspectRatio", "The image decides the picture's shape.");
    return undefined;
  }
  if (aspectRatio === "adaptive") warn("aspectRatio", "There is no image to take the shape from.");
  const ratio = aspectRatio === "adaptive" ? undefined : aspectRatio;
  if (resolution !== undefined && (ofResolution === undefined || (ratio !== undefined && ratio !== ofResolution))) {
    warn("resolution", "It follows from the aspect ratio: 1280x720, 720x1280 or 720x720.");
  }
  return ratio ?? ofResolution;
}

function unsupported({ seed, fps, inputReferences }: VideoCallOptions, warnings: VideoWarning[]): void {
  const warn = (feature: string, details: string) => void warnings.push({ type: "unsupported", feature, details });
  if (seed !== undefined) warn("seed", "The API takes none: no video can be made again.");
  if (fps !== undefined && fps !== FPS) warn("fps", `Videos have ${FPS} frames per second.`);
  if (inputReferences !== undefined && inputReferences.length > 0) {
    warn("inputReferences", "The API takes a first and a last frame only: see `frameImages`.");
  }
}
