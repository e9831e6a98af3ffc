// Errors as the AI SDK knows them.

import { RushesError } from "rushes";

/** The AI SDK's longest obeyed wait, in milliseconds; asked for a longer one it would send again after two seconds. */
const WAIT_MAX = 60_000;

/**
 * Makes a `RushesError` an `APICallError` too, by the marks that the AI SDK goes by, and says whether it may call
 * again. It may only where surely nothing was accepted: sending `unsure` again could pay twice.
 */
export function marked(error: unknown, url: string, mayCallAgain: boolean): unknown {
  if (!RushesError.is(error) || error.kind === "invalid" || error.kind === "unsupported") return error;
  const { status, detail, retryable, retryAfter } = error;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after-ms": String(retryAfter) };
  const values = {
    [Symbol.for("vercel.ai.error")]: true,
    [Symbol.for("vercel.ai.error.AI_APICallError")]: true,
    url,
    // Never the request: it may hold megabytes of image.
    requestBodyValues: undefined,
    statusCode: status,
    responseHeaders: headers,
    responseBody: detail,
    isRetryable: mayCallAgain && retryable && (retryAfter ?? 0) < WAIT_MAX,
  };
  for (const name of Reflect.ownKeys(values)) {
    const value = values[name as keyof typeof values];
    Object.defineProperty(error, name, { value, configurable: true, enumerable: false });
  }
  return error;
}

/** A model that there is none of, as the AI SDK says it. */
export function noSuchModel(modelId: string, modelType: string): Error {
  const error = new Error(`No such ${modelType}: ${modelId}`);
  error.name = "AI_NoSuchModelError";
  const marks = { [Symbol.for("vercel.ai.error")]: true, [Symbol.for("vercel.ai.error.AI_NoSuchModelError")]: true };
  return Object.assign(error, marks, { modelId, modelType });
}
