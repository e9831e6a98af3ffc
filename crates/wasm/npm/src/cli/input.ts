// What a request is made of: flags, files, standard input.

import { readFile } from "node:fs/promises";

import { check, type CheckResult, type Endpoint, type Issue } from "../index.js";
import type { Call } from "./args.js";
import { said, Stop, usage } from "./codes.js";
import type { FlagName } from "./flags.js";
import type { Say } from "./say.js";

/** A request as it was given, checked. */
export interface Given {
  endpoint: Endpoint;
  request: Record<string, unknown>;
  result: CheckResult;
}

/** Which flag sets which field. */
const FIELDS: readonly (readonly [FlagName, string])[] = [
  ["prompt", "prompt"],
  ["negative", "negative_prompt"],
  ["image", "image"],
  ["end-image", "end_image"],
  ["shot", "multi_prompt"],
  ["duration", "duration"],
  ["ratio", "aspect_ratio"],
  ["sound", "sound"],
  ["cfg-scale", "cfg_scale"],
];

/** Fields that only image to video takes. */
const IMAGE_FIELDS = ["image", "end_image", "multi_prompt"];

/** Reads and checks the request that a call speaks of. */
export async function given(call: Call): Promise<Given> {
  const file = call.argument ?? call.text("request");
  if (call.argument !== undefined && call.has("request")) throw usage("The request is given twice: as FILE and with --request.");
  const sources = [file, call.text("prompt-file"), call.text("image"), call.text("end-image")];
  if (sources.filter((source) => source === "-").length > 1) throw usage("Standard input can be read once only.");
  const stored = file === undefined ? {} : await requestIn(file);
  const request = { ...stored, ...(await fromFlags(call)) };
  if (Object.keys(request).length === 0 && file === undefined) {
    throw usage('There is no request: say --prompt "…", or give a file with one.');
  }
  const endpoint = endpointOf(call, request);
  return { endpoint, request, result: check(endpoint, request) };
}

async function requestIn(file: string): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await textIn(file, "The request"));
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const message = `The request is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new Stop("usage", 2, message, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw usage("The request is JSON, but no object with fields such as `prompt`.");
}

async function fromFlags(call: Call): Promise<Record<string, unknown>> {
  const request: Record<string, unknown> = {};
  const set = (field: string, value: unknown) => {
    if (value !== undefined) request[field] = value;
  };
  const promptFile = call.text("prompt-file");
  if (promptFile !== undefined) {
    if (call.has("prompt")) throw usage("The prompt is given twice: with --prompt and --prompt-file.");
    set("prompt", (await textIn(promptFile, "The prompt")).replace(/\r?\n$/, ""));
  }
  set("prompt", call.text("prompt"));
  set("negative_prompt", call.text("negative"));
  set("duration", numeric(call.text("duration")));
  set("cfg_scale", numeric(call.text("cfg-scale")));
  set("aspect_ratio", call.text("ratio"));
  if (call.has("sound")) set("sound", true);
  if (call.has("shot")) set("multi_prompt", call.texts("shot").map(shot));
  for (const [flag, field] of [["image", "image"], ["end-image", "end_image"]] as const) {
    const source = call.text(flag);
    if (source !== undefined) set(field, await imageFrom(source));
  }
  return request;
}

/** A number where it is one; otherwise the text, of which the check says what is wrong with it. */
function numeric(text: string | undefined): number | string | undefined {
  if (text === undefined || text.trim() === "" || Number.isNaN(Number(text))) return text;
  return Number(text);
}

/** `3:It wakes`, `3s: It wakes` or `It wakes`. */
function shot(text: string): { prompt: string; duration?: number } {
  const [, seconds, words] = /^\s*(\d+(?:\.\d+)?)\s*s?\s*:\s*(.*)$/s.exec(text) ?? [];
  return seconds === undefined || words === undefined ? { prompt: text } : { prompt: words, duration: Number(seconds) };
}

/** An image as the package takes it: what is behind a URL is the provider's to fetch. */
async function imageFrom(source: string): Promise<string | Uint8Array> {
  return /^(https?:\/\/|data:)/i.test(source) ? source : bytesIn(source, "The image");
}

function endpointOf(call: Call, request: Record<string, unknown>): Endpoint {
  const name = call.text("endpoint");
  if (name === "text-to-video" || name === "image-to-video") return name;
  if (name !== undefined) throw usage("--endpoint is text-to-video or image-to-video.");
  const isGiven = (field: string) => request[field] !== undefined && request[field] !== null;
  return IMAGE_FIELDS.some(isGiven) ? "image-to-video" : "text-to-video";
}

async function textIn(file: string, what: string): Promise<string> {
  const bytes = await bytesIn(file, what);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Stop("file", 2, `${what} is no UTF-8 text.`, { cause });
  }
}

/** A file's bytes, or those of standard input (`-`). */
export async function bytesIn(file: string, what: string): Promise<Uint8Array> {
  try {
    if (file !== "-") return await readFile(file);
    const parts: Uint8Array[] = [];
    for await (const part of process.stdin) parts.push(part as Uint8Array);
    return Buffer.concat(parts);
  } catch (cause) {
    throw new Stop("file", 2, `${what} cannot be read from ${file === "-" ? "standard input" : file}: ${said(cause)}.`, { cause });
  }
}

/** Tells what is wrong; by the flags' names where the fields came from flags. */
export function tellIssues(say: Say, call: Call, issues: readonly Issue[]): void {
  say.issues(issues, (path) => {
    const [, field, place, rest] = path.split("/");
    const flag = FIELDS.find(([name, own]) => own === field && call.has(name))?.[0];
    if (flag === undefined) return path;
    return flag === "shot" && place !== undefined ? `--shot ${Number(place) + 1}${rest === undefined ? "" : ` ${rest}`}` : `--${flag}`;
  });
}
