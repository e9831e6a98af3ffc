// Checks a request that holds files, and puts its body together, without ever holding a whole file more than once.
//
// Core is asked with an address in each file's place; the host reads the file's header for core, and writes the file in
// base64, piece by piece, where the address stands in the body.

import { judge, IMAGE_FIELDS, type Judged } from "./check.js";
import { inspectBlob, inspectBytes, readPart, unreadable } from "./image.js";
import { bytesOf, isBlob } from "./tape.js";
import type { Endpoint, ImageInspection, InlineForm, Issue } from "./types.js";

/** A request as it is sent. */
export interface Outgo {
  ok: true;
  path: string;
  body: string | Blob;
  /** The body, with something short in its files' places. */
  outline: string;
  /** Length of its video. */
  seconds: number;
}

interface File {
  /** The field. */
  name: string;
  file: Blob | Uint8Array;
}

/** Stands where a file will be. Core takes it for a good address; nothing is ever sent there. */
const STAND_IN = "https://file.invalid/";
/** How much of a file is encoded at once, in bytes: a multiple of three, so that the pieces join without padding. */
const PIECE = 3 << 18;

/**
 * Checks a request, and encodes it where it is good. Whatever of it can change is read before this returns. `kept` takes
 * its files, as they were then, where they are wanted.
 */
export async function prepare(
  endpoint: Endpoint,
  value: unknown,
  form: InlineForm,
  signal: AbortSignal | undefined,
  kept: Map<string, Blob> | undefined,
): Promise<Outgo | { ok: false; issues: Issue[] }> {
  const files = filesOf(endpoint, value);
  if (files.length === 0) {
    const judged = judge(endpoint, value);
    return judged.ok ? { ...judged, outline: judged.body } : judged;
  }
  const encoded = new Map<string, Blob[]>();
  // A buffer may be changed by its owner as soon as the call returns.
  const take = (name: string, bytes: Uint8Array) => {
    encoded.set(name, pieces(bytes));
    kept?.set(name, new Blob([bytes as BlobPart]));
  };
  const judged = await judgeWithFiles(endpoint, value, files, take);
  if (!judged.ok) return judged;
  const parts: BlobPart[] = [];
  let { body } = judged;
  const outline = body;
  for (const { name, file } of files) {
    const opening = `"${name}":"`;
    // Inside of a text each quote has a backslash before it, so this stands nowhere but where the field does.
    const at = body.indexOf(`${opening}${STAND_IN}"`) + opening.length;
    parts.push(body.slice(0, at));
    if (form === "data-uri") parts.push(`data:image/${judged.looks.get(name)?.format};base64,`);
    parts.push(...(encoded.get(name) ?? (await encode(file as Blob, `/${name}`, signal))));
    body = body.slice(at + STAND_IN.length);
    if (isBlob(file)) kept?.set(name, file);
  }
  parts.push(body);
  const { path, seconds } = judged;
  return { ok: true, path, body: new Blob(parts, { type: "application/json" }), outline, seconds };
}

/** Checks a request, files and all, by their headers. Without a `Blob` in it the answer is there at once. */
export function judgeAll(endpoint: Endpoint, value: unknown): Judged | Promise<Judged> {
  const files = filesOf(endpoint, value);
  return files.length === 0 ? judge(endpoint, value) : judgeWithFiles(endpoint, value, files);
}

type WithLooks = Judged & { looks: Map<string, ImageInspection> };

/**
 * Core is asked twice: once with a good address in each file's place, for the body, and once with something of the
 * wrong type, for the place among the issues where those of the file belong. `good` takes each buffer that is.
 */
async function judgeWithFiles(
  endpoint: Endpoint,
  value: unknown,
  files: readonly File[],
  good: (name: string, bytes: Uint8Array) => void = () => {},
): Promise<WithLooks> {
  const judged = judge(endpoint, swapped(value, files, STAND_IN));
  const places = judge(endpoint, swapped(value, files, false)).issues;
  const looks = new Map<string, ImageInspection>();
  for (const { name, file } of files) {
    if (isBlob(file)) continue;
    const look = inspectBytes(file, `/${name}`);
    looks.set(name, look);
    if (judged.ok && !isBad(look)) good(name, file);
  }
  for (const { name, file } of files) {
    if (isBlob(file)) looks.set(name, await inspectBlob(file, `/${name}`));
  }
  const issues = places.flatMap((issue) => {
    const look = issue.code === "wrong_type" ? looks.get(issue.path.slice(1)) : undefined;
    return look?.issues ?? issue;
  });
  const isGood = judged.ok && ![...looks.values()].some(isBad);
  return isGood ? { ...judged, issues, looks } : { ok: false, issues, looks };
}

const isBad = ({ issues }: ImageInspection): boolean => issues.some((issue) => issue.severity === "error");

/** The files in a request's own fields. */
function filesOf(endpoint: Endpoint, value: unknown): File[] {
  if (endpoint !== "image-to-video" || typeof value !== "object" || value === null || Array.isArray(value)) return [];
  try {
    const names = Object.keys(value);
    return IMAGE_FIELDS.filter((name) => names.includes(name)).flatMap((name) => {
      const source = (value as Record<string, unknown>)[name];
      const file = isBlob(source) ? source : bytesOf(source);
      return file === undefined ? [] : [{ name, file }];
    });
  } catch {
    // A getter or a proxy that throws: core says what it makes of such a value.
    return [];
  }
}

/** The request with something else in its files' places. Fields whose getters throw become wrong types, as ever. */
function swapped(value: unknown, files: readonly File[], standIn: unknown): Record<string, unknown> {
  // Without a prototype, so that a field called __proto__ is one like any other.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(value as object)) {
    try {
      copy[name] = files.some((file) => file.name === name) ? standIn : (value as Record<string, unknown>)[name];
    } catch {
      copy[name] = Symbol("threw");
    }
  }
  return copy;
}

/** A file in base64, read and written piece by piece. */
async function encode(blob: Blob, path: string, signal: AbortSignal | undefined): Promise<Blob[]> {
  const parts: Blob[] = [];
  for (let at = 0; at < blob.size; at += PIECE) {
    signal?.throwIfAborted();
    const end = Math.min(at + PIECE, blob.size);
    const bytes = await readPart(blob, at, end, path);
    if (bytes.length !== end - at) throw unreadable(path, new Error("it ended early"));
    parts.push(...pieces(bytes));
  }
  return parts;
}

/** Bytes in base64, in pieces, each a Blob of its own, so that the page need not hold the text. */
function pieces(bytes: Uint8Array): Blob[] {
  const found: Blob[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) found.push(new Blob([base64(bytes.subarray(at, at + PIECE))]));
  return found;
}

/** How many bytes become one text at a time: as many as a call may have arguments. */
const ARGUMENTS = 8192;

/** Bytes in base64: by the engine itself where it can (with SIMD), by Node's `Buffer`, or the old way. */
function base64(bytes: Uint8Array): string {
  const native = bytes as { toBase64?(): string };
  if (typeof native.toBase64 === "function") return native.toBase64();
  const { Buffer } = globalThis as { Buffer?: { from(...of: unknown[]): { toString(form: string): string } } };
  if (typeof Buffer?.from === "function") {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  }
  let text = "";
  for (let at = 0; at < bytes.length; at += ARGUMENTS) {
    text += String.fromCharCode(...bytes.subarray(at, at + ARGUMENTS));
  }
  return btoa(text);
}
