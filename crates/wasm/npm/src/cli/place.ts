// Where videos are saved. Found out before anything is sent: a video that cannot be saved is money lost.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";

import type { Call } from "./args.js";
import { said, Stop, usage } from "./codes.js";

/** What --out names. */
export interface Place {
  path: string;
  isFolder: boolean;
  force: boolean;
}

/** The place that --out names, if it does; usable, and free unless --force is given. */
export async function placeOf(call: Call): Promise<Place | undefined> {
  const path = call.text("out");
  if (path === undefined) {
    if (call.has("force")) throw usage("--force overwrites what --out names, and there is no --out.");
    return undefined;
  }
  if (path === "" || path === "-") throw usage("--out takes the name of a file or a folder.");
  const force = call.has("force");
  const found = await stat(path).catch(absent);
  const isFolder = found?.isDirectory() ?? false;
  if (found === undefined && /[/\\]$/.test(path)) throw new Stop("file", 2, `The folder ${path} does not exist.`);
  if (found !== undefined && !isFolder && !force) {
    throw new Stop("file", 2, `${path} exists already. Choose another name, or pass --force to overwrite it.`);
  }
  const folder = isFolder ? path : dirname(path);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Stop("file", 2, `Nothing can be saved in ${folder}: ${said(cause)}.`, { cause });
  }
  return { path, isFolder, force };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw new Stop("file", 2, `--out cannot be used: ${said(error)}.`, { cause: error });
}

/** A file for each video: the first as named, others numbered. */
export function placesFor({ path, isFolder }: Place, id: string, types: readonly (string | null)[]): string[] {
  return types.map((type, index) => {
    const number = index === 0 ? "" : `-${index + 1}`;
    if (isFolder) return join(path, `${fileName(id)}${number}.${/^[a-z0-9]{1,5}$/.test(type ?? "") ? type : "mp4"}`);
    const ending = extname(path);
    return `${path.slice(0, path.length - ending.length)}${number}${ending}`;
  });
}

/** An id as a file's name: ids come from outside. */
function fileName(id: string): string {
  return id.replace(/[^\w-]+/g, "_").slice(0, 100);
}
