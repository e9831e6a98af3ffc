import { ask, core, discard, isTrap } from "./core.js";
import { RushesError } from "./error.js";
import { bytesOf, isBlob } from "./tape.js";
import type { ImageInput, ImageInspection } from "./types.js";

/**
 * What an image file is, and everything that the API would refuse it for. Only the header is read (some 48 KB,
 * also of a file of many megabytes), and nothing is decoded.
 *
 * Takes whatever a request takes as an image but an http(s) URL: what is behind it cannot be known without fetching it.
 *
 * @throws RushesError of kind `image` where the file cannot be read; `TypeError` for a URL and for what is no file or text.
 *
 * @example
 * ```ts
 * const { width, height, issues } = await inspectImage(input.files[0]);
 * ```
 */
export async function inspectImage(image: ImageInput): Promise<ImageInspection> {
  if (isBlob(image)) return inspectBlob(image, "");
  const bytes = bytesOf(image);
  if (bytes !== undefined) return inspectBytes(bytes, "");
  const text = image instanceof URL ? image.href : image;
  if (typeof text !== "string" || /^https?:/i.test(text)) {
    throw new TypeError("inspectImage takes a Blob, a buffer, a typed array, a data URI or base64; it fetches no URL");
  }
  return ask((core) => core.inspect_text(text, ""));
}

/** @internal */
export function inspectBytes(bytes: Uint8Array, path: string): ImageInspection {
  return ask(({ HeaderProbe }) => {
    const header = new HeaderProbe(bytes.length);
    for (let range = header.wants(); range !== undefined; range = header.wants()) {
      header.feed(bytes.subarray(range[0], range[1]));
    }
    return header.finish(path);
  });
}

/** How much of a file's end is read beside its start. */
const END_BYTES = 12;

/** @internal As {@link ask} would: where the instance is stopped in the middle, once more on another. */
export async function inspectBlob(blob: Blob, path: string, isAgain = false): Promise<ImageInspection> {
  const live = core();
  const header = new live.HeaderProbe(blob.size);
  // Each read of a file is a round trip in a browser, however short, and most pictures are asked for their end, too.
  const last = Math.max(0, blob.size - END_BYTES);
  const end = readPart(blob, last, blob.size, path);
  end.catch(() => {}); // It is told to who asks for it.
  try {
    for (let range = header.wants(); range !== undefined; range = header.wants()) {
      const [from, to] = range;
      header.feed(from < last ? await readPart(blob, from, to, path) : (await end).subarray(from - last, to - last));
    }
    return header.finish(path);
  } catch (error) {
    if (isTrap(error)) discard(live);
    else header.free();
    if (!isTrap(error) || isAgain) throw error;
    return inspectBlob(blob, path, true);
  }
}

/** @internal Part of a blob, whose file may be gone or forbidden by now. */
export async function readPart(blob: Blob, start: number, end: number, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(start, end).arrayBuffer());
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** @internal */
export function unreadable(path: string, cause: unknown): RushesError {
  const said = cause instanceof Error ? `: ${cause.message}` : "";
  const what = path === "" ? "The file" : `The file in ${path}`;
  return new RushesError({ kind: "image", message: `${what} cannot be read${said}`, cause });
}
