// The declarations, as strict consumers see them.

import { join } from "node:path";
import { describe, test } from "node:test";

import { bin, entriesOf, install, pinned, tool, version, write } from "./support/consumer.mjs";
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
  const shots: ImageToVideoRequest = { image: file, prompt: "A fox", multi_prompt: [{ prompt: "a", duration: 3 }] };
  const { videos } = await rushes.imageToVideo.create(shots).result();
  const result = check("image-to-video", {});
  if (result.ok) is<Equal<typeof result.request, ImageToVideoRequest>>();
  else is<Equal<typeof result.issues, Issue[]>>();
  const usd: number = estimate("text-to-video", request).usd;
  const { width } = await inspectImage(file);
  is<Equal<typeof width, number | null>>();
  is<Equal<(typeof schemas.textToVideo)["~standard"]["version"], 1>>();
  is<Equal<NonNullable<TextToVideoRequest["duration"]>, 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15>>();
  is<Equal<NonNullable<TextToVideoRequest["aspect_ratio"]>, "16:9" | "9:16" | "1:1">>();
  const url = new URL("https://example.com/a.png");
  const inputs: ImageToVideoRequest["image"][] = [file, new ArrayBuffer(9), new Uint8Array(9), url, "data:,"];
  void inputs;
  try {
    await rushes.task(task.toJSON()).result({ timeout: 5000, onUpdate: (update) => update.progress_percent });
  } catch (error) {
    if (RushesError.is(error) && error.kind === "task_failed") return error.reason ?? String(usd);
  }
  return videos.map((video) => video.url).join();
}
`;

/** What is fine, and what a slip makes of it: red in the editor. */
const SLIPS = [
  ["the field is called duration", "text({ prompt: 'A fox', duration: 5 })", "text({ prompt: 'A fox', length: 5 })"],
  ["names are the API's own", "text({ prompt: 'A fox', cfg_scale: 0.5 })", "text({ prompt: 'A fox', cfgScale: 0.5 })"],
  ["at most 15 seconds", "text({ prompt: 'A fox', duration: 15 })", "text({ prompt: 'A fox', duration: 16 })"],
  ["at least 3 seconds", "text({ prompt: 'A fox', duration: 3 })", "text({ prompt: 'A fox', duration: 2 })"],
  ["whole seconds", "text({ prompt: 'A fox', duration: 5 })", "text({ prompt: 'A fox', duration: 5.5 })"],
  ["seconds are a number", "text({ prompt: 'A fox', duration: 5 })", "text({ prompt: 'A fox', duration: '5' })"],
  ["one of three shapes", "text({ prompt: 'A fox', aspect_ratio: '1:1' })", "text({ prompt: 'A fox', aspect_ratio: '4:3' })"],
  ["sound is yes or no", "text({ prompt: 'A fox', sound: true })", "text({ prompt: 'A fox', sound: 'on' })"],
  ["a prompt is required", "text({ prompt: 'A fox' })", "text({ duration: 5 })"],
  ["an image is required", "image({ image: file, prompt: 'A fox' })", "image({ prompt: 'A fox' })"],
  ["an image is no number", "image({ image: new Uint8Array(9), prompt: 'A fox' })", "image({ image: 9, prompt: 'A fox' })"],
  [
    "the image decides the shape",
    "image({ image: file, prompt: 'A fox' })",
    "image({ image: file, prompt: 'A fox', aspect_ratio: '16:9' })",
  ],
  [
    "an end image and shots exclude each other",
    "image({ image: file, prompt: 'A fox', multi_prompt: [{ prompt: 'a' }] })",
    "image({ image: file, prompt: 'A fox', multi_prompt: [{ prompt: 'a' }], end_image: file })",
  ],
  [
    "shots have lengths of their own kind",
    "image({ image: file, prompt: 'A fox', multi_prompt: [{ prompt: 'a', duration: 3 }] })",
    "image({ image: file, prompt: 'A fox', multi_prompt: [{ prompt: 'a', duration: 16 }] })",
  ],
  ["a picture is no part of text to video", "text({ prompt: 'A fox' })", "text({ prompt: 'A fox', image: file })"],
  ["there are two endpoints", "check('image-to-video', {})", "check('video-to-text', {})"],
  ["accepted or not is asked first", "checked.ok && checked.body", "checked.body"],
  ["kinds are known", "error.kind === 'unsure'", "error.kind === 'unsured'"],
  ["milliseconds are a number", "new Rushes({ timeout: 1000 })", "new Rushes({ timeout: '1s' })"],
  ["options are known", "new Rushes({ baseURL: '/api' })", "new Rushes({ baseUrl: '/api' })"],
];
const HEAD = `
import { check, Rushes } from "rushes";
import type { CheckResult, ImageToVideoRequest, RushesError, TextToVideoRequest } from "rushes";
declare function text(request: TextToVideoRequest): void;
declare function image(request: ImageToVideoRequest): void;
declare const file: Blob, error: RushesError, checked: CheckResult<"text-to-video">;
`;
const FINE = HEAD + SLIPS.map(([why, fine]) => `// ${why}\nvoid (${fine});\n`).join("");
const RED = HEAD + SLIPS.map(([why, , red]) => `// @ts-expect-error: ${why}\nvoid (${red});\n`).join("");
const SLIM = `
import { check, init } from "rushes/slim";
export const ready: Promise<void> = init(fetch("/core.wasm"));
export const ok: boolean = check("text-to-video", {}).ok;
`;
const strict = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
  ...{ noEmit: true, skipLibCheck: false },
};
const dom = { lib: ["es2022", "dom", "dom.iterable"], types: [] };
const worker = { lib: ["es2022", "webworker"], types: [] };
const node = { lib: ["es2022"], types: ["node"], typeRoots: [join(tool.resolve("@types/node/package.json"), "../..")] };

const SETUPS = [
  ["nodenext, ESM, the browser's types", "module", { module: "nodenext", ...dom }],
  ["nodenext, CommonJS, the browser's types", "commonjs", { module: "nodenext", ...dom }],
  ["nodenext, ESM, Node's types", "module", { module: "nodenext", ...node }],
  ["bundler, the browser's types", "module", { module: "esnext", moduleResolution: "bundler", ...dom }],
  ["bundler, a worker's types", "module", { module: "esnext", moduleResolution: "bundler", ...worker }],
];

/** The newest compiler, and the oldest that is supported (and slow: it judges one set-up of each resolution). */
const COMPILERS = [
  [tool("typescript/package.json").version, bin("tsc"), SETUPS],
  [version("typescript-5"), pinned("typescript-5/bin/tsc"), SETUPS.slice(-3, -1)],
];

for (const [compiler, tsc, setups] of COMPILERS) {
  describe(`strict TypeScript ${compiler}`, { concurrency: 2 }, () => {
    for (const [name, type, options] of setups) {
      test(name, async (t) => {
        const compilerOptions = { ...strict, target: "es2022", ...options };
        const files = { "use.ts": USE, "fine.ts": FINE, "red.ts": RED, "slim.ts": SLIM };
        const consumer = await install(type);
        t.after(consumer.remove);
        const entries = entriesOf(consumer.folder).map((name, at) => `export * as entry${at} from "${name}";\n`);
        files["entries.ts"] = entries.join("");
        write(consumer.folder, { ...files, "tsconfig.json": JSON.stringify({ compilerOptions, files: Object.keys(files) }) });
        await output(consumer.folder, process.execPath, [tsc, "--project", consumer.folder]);
      });
    }
  });
}
