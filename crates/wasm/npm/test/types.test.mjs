// The declarations of the client's surface, as a strict TypeScript sees them.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { folder } from "./kit.mjs";

const USE = `
import { inspectImage, Rushes, RushesError, type DebugEvent, type RushesErrorKind, type Task, type TaskPromise, type TaskUpdate, type Video } from "rushes";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T => true as T;

export async function use(file: File, signal: AbortSignal, ids: string[]): Promise<void> {
  const debug = (event: DebugEvent) => (event.type === "answer" ? event.status : event.type === "lost" ? event.detail : event.url);
  const rushes = new Rushes({ apiKey: null, baseURL: new URL("https://example.com"), headers: { "x-team": "film" }, timeout: null, inlineForm: "base64", debug, fetch });
  const created = rushes.textToVideo.create({ prompt: "A fox", duration: 15 }, { abortSignal: signal, timeout: null, headers: new Headers() });
  is<Equal<typeof created, TaskPromise>>();
  const promise: Promise<Task> = created;
  for await (const update of created) is<Equal<typeof update, TaskUpdate>>();
  for await (const update of await promise) is<Equal<typeof update.videos, Video[]>>();
  for await (const { id, problem } of rushes.watch([...ids, await created, (await created).toJSON()], { signal })) {
    is<Equal<typeof id, string>>();
    is<Equal<typeof problem, RushesError | null>>();
  }
  const { videos, raw } = await created.result({ timeout: null, abortSignal: signal });
  is<Equal<typeof raw, unknown>>();
  is<Equal<Awaited<ReturnType<Video["blob"]>>, Blob>>();
  await videos[0]?.blob({ signal });
  const images = [file, new Blob([]), new ArrayBuffer(1), new Uint8Array(1), new DataView(new ArrayBuffer(1)), new URL("https://example.com/a.png"), "AAAA"];
  for (const image of images) {
    await inspectImage(image);
    await rushes.imageToVideo.create({ image, prompt: "A fox", end_image: image, duration: 3 });
  }
  try {
    await created;
  } catch (error) {
    if (!RushesError.is(error)) throw error;
    is<Equal<typeof error.kind, RushesErrorKind>>();
    is<Equal<typeof error.task, Task | undefined>>();
    is<Equal<typeof error.body, unknown>>();
  }
}

export function misuse(rushes: Rushes, file: File): void {
  // @ts-expect-error: at most 15 seconds
  void rushes.imageToVideo.create({ image: file, prompt: "A fox", duration: 16 });
  // @ts-expect-error: whole seconds
  void rushes.textToVideo.create({ prompt: "A fox", duration: 5.5 });
  // @ts-expect-error: a shot's seconds, too
  void rushes.imageToVideo.create({ image: file, prompt: "A fox", multi_prompt: [{ prompt: "a", duration: 2 }] });
  // @ts-expect-error: an end image and shots exclude each other
  void rushes.imageToVideo.create({ image: file, prompt: "A fox", multi_prompt: [{ prompt: "a" }], end_image: file });
  // @ts-expect-error: no field that the API does not know
  void rushes.textToVideo.create({ prompt: "A fox", seed: 1 });
  // @ts-expect-error: nor in a shot
  void rushes.imageToVideo.create({ image: file, prompt: "A fox", multi_prompt: [{ prompt: "a", seconds: 3 }] });
  // @ts-expect-error: text is no number of milliseconds
  void rushes.textToVideo.create({ prompt: "A fox" }, { timeout: "5000" });
  // @ts-expect-error: the controller is not the signal
  void rushes.textToVideo.create({ prompt: "A fox" }, { signal: new AbortController() });
  // @ts-expect-error: one of two
  new Rushes({ inlineForm: "dataUri" });
  // @ts-expect-error: there is no way around the checks
  void rushes.textToVideo.create({ prompt: "A fox" }, { extraBody: { seed: 1 } });
}
`;

test("strict TypeScript takes what is right, and nothing else", async () => {
  const place = mkdtempSync(join(tmpdir(), "rushes-types-"));
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: "es2022" },
    ...{ module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"], types: [] },
    paths: { rushes: [join(folder, "dist/index.d.ts")] },
  };
  try {
    writeFileSync(join(place, "use.ts"), USE);
    writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
    const tsc = join(import.meta.dirname, "../node_modules/.bin/tsc");
    await promisify(execFile)(tsc, ["--project", place]).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`);
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
