// Node's own modules are named here alone, and this file is in a subpath of its own: bundlers for browsers never meet it.

import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Intent } from "rushes";

import { tell, type StoreOptions } from "./journal.js";
import { kept, shown, type KeptIntents } from "./kept.js";

/** What a file's name may be made of: keys come from outside. */
const KEY = /^[\w-]{1,100}$/;
const ENDING = ".json";
/** Ending of a file that is being written. */
const UNFINISHED = ".unfinished";
/** Age from which nobody is still writing such a file, in milliseconds. */
const ABANDONED = 3_600_000;

/**
 * A store in a folder, made where it is missing: one JSON file for each intent, for its owner's eyes alone. Each is
 * written beside, synced to the disk and renamed into place, so a crash at any moment leaves the file as it was or as it
 * should be, and several processes can share the folder. What another process is sending right now is shown as `unsure`.
 *
 * @example
 * ```ts
 * const store = fileStore("./rushes-intents");
 * const rushes = new Rushes({ store });
 * for (const intent of await store.pending()) {
 *   if (intent.state === "accepted") await save(await rushes.task(intent).result());
 *   else console.warn("may have been billed:", intent.createdAt, intent.request.prompt);
 * }
 * ```
 */
export function fileStore(folder: string | URL, options: StoreOptions = {}): KeptIntents {
  const path = resolve(folder instanceof URL ? fileURLToPath(folder) : folder);
  const sending = new Set<string>();
  const keeper = {
    async put(intent: Intent) {
      const file = fileOf(path, intent.key);
      if (intent.state === "sending") sending.add(intent.key);
      try {
        await makeFolder(path);
        await write(file, `${JSON.stringify(intent, null, 1)}\n`);
        if (intent.state !== "sending") sending.delete(intent.key);
      } catch (error) {
        sending.delete(intent.key);
        throw error;
      }
    },
    async all() {
      const found = await Promise.all((await namesIn(path)).map((name) => intentIn(path, name, options)));
      return shown(found.flat(), (key) => sending.has(key));
    },
    async forget(key: string) {
      await unlink(fileOf(path, key)).catch(unlessAbsent);
      if ((await stat(path).catch(unlessAbsent)) !== undefined) await sync(path);
    },
  };
  return kept(keeper, options);
}

function fileOf(folder: string, key: string): string {
  if (!KEY.test(key)) throw new TypeError("a key is made of letters, digits and hyphens");
  return join(folder, key + ENDING);
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await sync(dirname(made));
}

/** Writes a file whole, or not at all, and through to the disk. */
async function write(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}${UNFINISHED}`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  await sync(dirname(file));
}

/** Syncs a folder, so that what was renamed in it stays so. Windows has no such thing, and needs none. */
async function sync(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The names of the intents' files. What a crash left half written long ago is cleared away: it never was a file. */
async function namesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(unlessAbsent)) ?? [];
  for (const name of names.filter((name) => name.endsWith(UNFINISHED))) {
    const path = join(folder, name);
    const found = await stat(path).catch(unlessAbsent);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED) await unlink(path).catch(unlessAbsent);
  }
  return names.filter((name) => name.endsWith(ENDING) && KEY.test(name.slice(0, -ENDING.length)));
}

/** The intent in a file; none where it was forgotten meanwhile, or where the file is damaged, which is said. */
async function intentIn(folder: string, name: string, options: StoreOptions): Promise<Intent[]> {
  const path = join(folder, name);
  const text = await readFile(path, "utf8").catch(unlessAbsent);
  if (text === undefined) return [];
  try {
    const intent = JSON.parse(text) as Intent;
    if (intent.key + ENDING === name && typeof intent.state === "string" && typeof intent.createdAt === "string") return [intent];
  } catch {
    // Said below.
  }
  tell(options, new Error(`${path} is damaged: it is unknown what it said of a request, which may have been billed.`));
  return [];
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
