import { core } from "./core.js";
import { RushesError } from "./error.js";
import { bytesOf, isBlob } from "./tape.js";
import type { ImageInspection } from "./types.js";

/**
 * What an image file is, and everything that the API would refuse it for. Only the header is read (some kilobytes,
 * also of a file of many megabytes), and nothing is decoded.
 *
 * Takes a `Blob` or `File`, a buffer or a view of one, a data URI, or base64. What is behind a URL cannot be known
 * without fetching it.
 *
 * @throws RushesError of kind `image` where the file cannot be read; `TypeError` for what is no image at all.
 *
 * @example
 * ```ts
 * const { width, height, issues } = await inspectImage(input.files[0]);
 * ```
 */
export async function inspectImage(image: Blob | ArrayBuffer | ArrayBufferView | string): Promise<ImageInspection> {
  if (isBlob(image)) return inspectBlob(image, "");
  const bytes = typeof image === "string" ? inlineBytes(image) : bytesOf(image);
  if (bytes === undefined) throw new TypeError("inspectImage takes a Blob, a buffer, a typed array, or inline text");
  return inspectBytes(bytes, "");
}

/** @internal */
export function inspectBytes(bytes: Uint8Array, path: string): ImageInspection {
  const header = new (core().HeaderProbe)(bytes.length);
  for (let range = header.wants(); range !== undefined; range = header.wants()) {
    header.feed(bytes.subarray(range[0] ?? 0, range[1] ?? 0));
  }
  return header.finish(path);
}

/** @internal */
export async function inspectBlob(blob: Blob, path: string): Promise<ImageInspection> {
  const header = new (core().HeaderProbe)(blob.size);
  try {
    for (let range = header.wants(); range !== undefined; range = header.wants()) {
      header.feed(await readPart(blob, range[0] ?? 0, range[1] ?? 0, path));
    }
  } catch (error) {
    header.free();
    throw error;
  }
  return header.finish(path);
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

function inlineBytes(text: string): Uint8Array {
  const comma = /^data:/i.test(text.trimStart()) ? text.indexOf(",") : -1;
  let binary: string;
  try {
    binary = atob(text.slice(comma + 1));
  } catch (cause) {
    throw new TypeError("inspectImage: the text is neither a base64 data URI nor base64", { cause });
  }
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
