import { IMAGE_FIELDS, judge, type Judged } from "./check.js";
import { core } from "./core.js";
import { bytesOf, fill, isBlob, type FoundBlob, type Laid } from "./tape.js";
import type { Endpoint, ImageInspection, Issue } from "./types.js";

/**
 * What an image file is, and everything that the API would refuse it for. Only the header is read (some kilobytes,
 * also of a file of many megabytes), and nothing is decoded.
 *
 * Takes a `Blob` or `File`, a buffer or a view of one, a data URI, or base64. What is behind a URL cannot be known
 * without fetching it.
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
  return probe(bytes.length, "", (start, end) => bytes.subarray(start, end));
}

/** @internal */
export async function inspectBlob(blob: Blob, path: string): Promise<ImageInspection> {
  const read = async (start: number, end: number) => new Uint8Array(await blob.slice(start, end).arrayBuffer());
  return probe(blob.size, path, read);
}

type ReadPart = (start: number, end: number) => Uint8Array | Promise<Uint8Array>;

async function probe(size: number, path: string, read: ReadPart): Promise<ImageInspection> {
  const { HeaderProbe } = core();
  const header = new HeaderProbe(size);
  try {
    for (let range = header.wants(); range !== undefined; range = header.wants()) {
      header.feed(await read(range[0] ?? 0, range[1] ?? 0));
    }
  } catch (error) {
    header.free();
    throw error;
  }
  return header.finish(path);
}

/**
 * @internal Checks a request whose images are blobs: their headers first, and their bytes only when all is well, so
 * that a wrong file is never read whole. Core is asked with something of the wrong type in a bad file's place, and its
 * one issue there gives way to what is wrong with the file: the order of issues stays core's.
 */
export async function judgeWithBlobs(endpoint: Endpoint, laid: Laid, wantsRequest: boolean): Promise<Judged> {
  const first = judge(endpoint, laid, false);
  const wanted = laid.blobs.filter((found) => stands(first, found));
  const looks = new Map<string, Issue[]>();
  for (const { blob, path } of wanted) looks.set(path, (await inspectBlob(blob, path)).issues);
  const isBad = [...looks.values()].flat().some((issue) => issue.severity === "error");
  if (first.ok || isBad || wanted.length < laid.blobs.length) {
    const issues = first.issues.flatMap((issue) =>
      issue.code === "wrong_type" ? (looks.get(issue.path) ?? issue) : issue,
    );
    return { ...first, issues };
  }
  for (const found of wanted) fill(laid, found, new Uint8Array(await found.blob.arrayBuffer()));
  return judge(endpoint, laid, wantsRequest);
}

/** Whether core wants an image where the blob stands, and finds only its stand-in wrong. */
function stands(judged: Judged, { path }: FoundBlob): boolean {
  return (
    IMAGE_FIELDS.some((name) => path === `/${name}`) &&
    judged.issues.some((issue) => issue.path === path && issue.code === "wrong_type")
  );
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
