// The declarations, as strict consumers see them.

import { join } from "node:path";
import { test } from "node:test";

import { bin, install, tool, write } from "./support/consumer.mjs";
import { output } from "./support/program.mjs";

const USE = `
import { check, estimate, inspectImage, Rushes, RushesError, schemas } from "rushes";
import type { ImageToVideoRequest, Issue, TaskUpdate, TextToVideoRequest } from "rushes";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T => true as T;

export async function use(file: Blob, signal: AbortSignal): Promise<string> {
  const rushes = new Rushes({ baseURL: "https://example.com/api", timeout: 1000, maxReadsPerMinute: 10 });
  const request: TextToVideoRequest = { prompt: "A fox", duration: 8, aspect_ratio: "9:16", sound: true };
  const task = await rushes.textToVideo.create(request, { signal });
  is<Equal<typeof task.id, string>>();
  for await (const update of task.updates({ signal })) is<Equal<typeof update, TaskUpdate>>();
  const { videos } = await rushes.imageToVideo.create({ image: file, prompt: "A fox", multi_prompt: [{ prompt: "a", duration: 3 }] }).result();
  const result = check("image-to-video", {});
  if (result.ok) is<Equal<typeof result.request, ImageToVideoRequest>>();
  else is<Equal<typeof result.issues, Issue[]>>();
  const usd: number = estimate("text-to-video", request).usd;
  const { width } = await inspectImage(file);
  is<Equal<typeof width, number | null>>();
  is<Equal<(typeof schemas.textToVideo)["~standard"]["version"], 1>>();
  try {
    await rushes.task(task.toJSON()).result({ timeout: 5000, onUpdate: (update) => update.progress_percent });
  } catch (error) {
    if (RushesError.is(error) && error.kind === "task_failed") return error.reason ?? String(usd);
  }
  return videos.map((video) => video.url).join();
}

export function misuse(rushes: Rushes, file: Blob): void {
  // @ts-expect-error: the field is called duration
  void rushes.textToVideo.create({ prompt: "A fox", length: 5 });
  // @ts-expect-error: at most 15 seconds
  void rushes.textToVideo.create({ prompt: "A fox", duration: 16 });
  // @ts-expect-error: seconds are a number
  void rushes.textToVideo.create({ prompt: "A fox", duration: "5" });
  // @ts-expect-error: not one of the three
  void rushes.textToVideo.create({ prompt: "A fox", aspect_ratio: "4:3" });
  // @ts-expect-error: a prompt is required
  void rushes.textToVideo.create({ duration: 5 });
  // @ts-expect-error: the image decides
  void rushes.imageToVideo.create({ image: file, prompt: "A fox", aspect_ratio: "16:9" });
  // @ts-expect-error: an end image and shots exclude each other
  void rushes.imageToVideo.create({ image: file, prompt: "A fox", end_image: file, multi_prompt: [{ prompt: "a" }] });
  // @ts-expect-error: an image is required
  void rushes.imageToVideo.create({ prompt: "A fox" });
  // @ts-expect-error: there are two endpoints
  check("video-to-text", {});
  // @ts-expect-error: errors are made by the package alone
  new RushesError("no");
}
`;
const SLIM = `
import { check, init } from "rushes/slim";
export const ready: Promise<void> = init(fetch("/core.wasm"));
export const ok: boolean = check("text-to-video", {}).ok;
`;
const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: false };
const dom = { lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"], types: [] };
const node = { lib: ["es2022"], types: ["node"], typeRoots: [join(tool.resolve("@types/node/package.json"), "../..")] };

const setups = [
  ["nodenext, ESM, the browser's types", "module", { module: "nodenext", ...dom }],
  ["nodenext, CommonJS, the browser's types", "commonjs", { module: "nodenext", ...dom }],
  ["nodenext, ESM, Node's types", "module", { module: "nodenext", ...node }],
  ["bundler", "module", { module: "esnext", moduleResolution: "bundler", ...dom }],
];

for (const [name, type, options] of setups) {
  test(`strict TypeScript: ${name}`, async (t) => {
    const consumer = await install(type);
    t.after(consumer.remove);
    const compilerOptions = { ...strict, target: "es2022", ...options };
    write(consumer.folder, {
      "use.ts": USE,
      "slim.ts": SLIM,
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["use.ts", "slim.ts"] }),
    });
    await output(consumer.folder, process.execPath, [bin("tsc"), "--project", consumer.folder]);
  });
}
