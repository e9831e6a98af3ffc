/**
 * A provider for the Vercel AI SDK's `experimental_generateVideo`, versions 6 and 7.
 *
 * @packageDocumentation
 */

export { createRushes, rushes, type RushesProvider, type RushesProviderOptions } from "./ai-sdk/provider.js";
export type { RushesModelId } from "./ai-sdk/settings.js";
export type {
  JSONObject,
  JSONValue,
  RushesVideoModel,
  VideoCallOptions,
  VideoData,
  VideoFacts,
  VideoModelFile,
  VideoResponse,
  VideoResult,
  VideoStart,
  VideoStatus,
  VideoWarning,
} from "./ai-sdk/types.js";
