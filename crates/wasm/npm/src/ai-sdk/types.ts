// The Vercel AI SDK's video interface, as far as it is used here. Written down by shape, so that no version of its
// packages need be installed to compile against ours. Source: `@ai-sdk/provider`, VideoModelV3 and VideoModelV4.

/** What JSON can hold. */
export type JSONValue = null | string | number | boolean | JSONValue[] | JSONObject;

/** An object that JSON can hold. */
export type JSONObject = { [name: string]: JSONValue | undefined };

/** An image: as bytes or base64, or where it is. */
export type VideoModelFile =
  | { type: "file"; mediaType: string; data: string | Uint8Array }
  | { type: "url"; url: string; mediaType?: string };

/** What a call of a video model asks for. */
export interface VideoCallOptions {
  prompt: string | undefined;
  /** Videos to make in this call. */
  n: number;
  aspectRatio: `${number}:${number}` | "adaptive" | undefined;
  resolution: `${number}x${number}` | undefined;
  /** Seconds. */
  duration: number | undefined;
  fps: number | undefined;
  seed: number | undefined;
  image: VideoModelFile | undefined;
  frameImages?: { image: VideoModelFile; frameType: "first_frame" | "last_frame" }[] | undefined;
  inputReferences?: VideoModelFile[] | undefined;
  generateAudio?: boolean | undefined;
  providerOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  abortSignal?: AbortSignal;
  headers?: Record<string, string | undefined>;
}

/** What its caller should know. */
export type VideoWarning =
  | { type: "unsupported"; feature: string; details?: string }
  | { type: "other"; message: string };

/** A video, as bytes or where it is. */
export type VideoData =
  | { type: "binary"; data: Uint8Array; mediaType: string }
  | { type: "url"; url: string; mediaType: string };

/** When and by what it was answered. */
export interface VideoResponse {
  timestamp: Date;
  modelId: string;
  headers: undefined;
}

/** What a call came to. */
export interface VideoResult {
  videos: VideoData[];
  warnings: VideoWarning[];
  /** `rushes.videos`: a {@link VideoFacts} each. */
  providerMetadata: Record<string, JSONObject>;
  response: VideoResponse;
}

/** What `providerMetadata.rushes.videos` says of each video. */
export type VideoFacts = {
  /** The task's id. */
  taskId: string;
  /** Where the file is, for about an hour; absent before it is made. */
  url?: string;
  /** When the URL stops working, as far as the provider says: ISO 8601. */
  expiresAt?: string;
  /** Seconds of video. */
  seconds?: number;
  /** US dollars: an estimate, by the prices that were read second hand. */
  estimatedUsd?: number;
};

/** A generation under way: what `experimental_startVideo` gives. */
export interface VideoStart {
  /** What to store; JSON. */
  operation: JSONValue;
  warnings: VideoWarning[];
  providerMetadata: Record<string, JSONObject>;
  response: VideoResponse;
}

/** What a look at a generation finds. */
export type VideoStatus =
  | { status: "pending"; providerMetadata: Record<string, JSONObject>; response: VideoResponse }
  | ({ status: "completed" } & VideoResult)
  | { status: "error"; error: string; providerMetadata: Record<string, JSONObject>; response: VideoResponse };

/**
 * A video model for `experimental_generateVideo`. It says that it is of version 3, which AI SDK 6 and 7 both take; the
 * calls of version 4 (start, status) are there too, for `experimental_startVideo` and its like.
 */
export interface RushesVideoModel {
  readonly specificationVersion: "v3";
  readonly provider: string;
  readonly modelId: string;
  readonly maxVideosPerCall: 1;
  /** Makes a video and waits for it. */
  doGenerate(options: VideoCallOptions): Promise<VideoResult>;
  /** Sends the request, and gives what finds the task again. */
  doStart(options: VideoCallOptions & { webhookUrl?: string }): Promise<VideoStart>;
  /** Looks at a task once. A look that told nothing is `pending`. */
  doStatus(options: { operation: unknown; abortSignal?: AbortSignal }): Promise<VideoStatus>;
}
