// The main job, as a consumer writes it; the same text runs in Node as ESM, as CommonJS, and in a page.

/** The body of an async function of `rushes` (the package) and `baseURL`; it gives what the tests look at. */
export const JOB = `
const client = new rushes.Rushes({ baseURL, apiKey: null });
const checked = rushes.check("text-to-video", { prompt: "A fox", duration: 16 });
const unsent = await client.textToVideo.create({ prompt: " " }).catch((error) => error);
const task = await client.textToVideo.create({ prompt: "A fox leaps a mossy log", duration: 3, aspect_ratio: "1:1" });
const statuses = [];
let ended = false;
for await (const update of task.updates()) {
  statuses.push(update.status);
  ended = update.ended;
}
const again = client.task(JSON.parse(JSON.stringify(task)));
const { videos } = await again.result();
const file = new Uint8Array(await (await videos[0].blob()).arrayBuffer());
return {
  codes: checked.issues.map((issue) => issue.code),
  unsent: [rushes.RushesError.is(unsent), unsent.kind],
  usd: rushes.estimate("text-to-video", { prompt: "A fox", duration: 8, sound: true }).usd,
  id: task.id,
  last: statuses.at(-1),
  ended,
  type: videos[0].type,
  url: videos[0].url,
  expires: videos[0].expiresAt !== null,
  box: String.fromCharCode(...file.subarray(4, 8)),
  bytes: file.length,
};
`;

/** What must come of it, but for what differs from run to run. */
export const EXPECTED = {
  codes: ["out_of_range"],
  unsent: [true, "invalid"],
  usd: 1.008,
  last: "succeeded",
  ended: true,
  type: "mp4",
  expires: true,
  box: "ftyp",
};

/** What came of a run, without what differs from run to run. */
export function comparable({ id, url, bytes, ...rest }) {
  if (typeof id !== "string" || id === "") throw new Error("the task has no id");
  if (!/^http:\/\/127\.0\.0\.1:\d+\/files\//.test(url)) throw new Error(`the video is at ${url}`);
  if (!(bytes > 10_000)) throw new Error(`the video has ${bytes} bytes`);
  return rest;
}
