// The main job, as a consumer writes it: one function, which runs unchanged in every environment of the table.

/**
 * Checks, looks at a picture, makes a video of it and fetches the file; gives what the tests look at.
 *
 * It must stand alone: its text is put into every consumer. `rushes` is the package, `baseURL` the service's address.
 */
export async function job(rushes, baseURL) {
  // A black PNG of 320 × 320 pixels.
  const picture =
    "iVBORw0KGgoAAAANSUhEUgAAAUAAAAFAAQAAAADl65gHAAAAI0lEQVR42u3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAPwaM0AAAWQoMfMAAAAASUVORK5CYII=";
  const client = new rushes.Rushes({ baseURL, apiKey: null });
  const checked = rushes.check("text-to-video", { prompt: "A fox", duration: 16 });
  const file = new Blob([Uint8Array.from(atob(picture), (char) => char.charCodeAt(0))]);
  const { format, width, height } = await rushes.inspectImage(file);
  const unsent = await client.textToVideo.create({ prompt: " " }).catch((error) => error);
  const task = await client.imageToVideo.create({ image: picture, prompt: "Slow push in", duration: 3 });
  const statuses = [];
  for await (const update of task.updates()) statuses.push([update.status, update.ended]);
  const again = client.task(JSON.parse(JSON.stringify(task)));
  const { videos } = await again.result();
  const video = new Uint8Array(await (await videos[0].blob()).arrayBuffer());
  const part = await fetch(videos[0].url, { headers: { Range: "bytes=0-11" } });
  return {
    codes: checked.issues.map((issue) => issue.code),
    picture: [format, width, height],
    unsent: [rushes.RushesError.is(unsent), unsent.kind],
    usd: rushes.estimate("text-to-video", { prompt: "A fox", duration: 8, sound: true }).usd,
    id: task.id,
    last: statuses.at(-1),
    type: videos[0].type,
    url: videos[0].url,
    expires: videos[0].expiresAt !== null,
    bytes: video.length,
    box: String.fromCharCode(...video.subarray(4, 8)),
    part: [part.status, (await part.arrayBuffer()).byteLength],
  };
}

/** What comes of a promise, as what can be told to another process; it never rejects. */
export function outcome(work) {
  return work.then(
    (found) => ({ found }),
    (error) => ({ error: { kind: error.kind ?? null, message: String(error.message), stack: String(error.stack) } }),
  );
}

/** The two functions as a file of a consumer. */
export const MODULE = `export ${job}\nexport ${outcome}\n`;
/** The same for `require`. */
export const COMMONJS = `${job}\n${outcome}\nmodule.exports = { job, outcome };\n`;

/** What must come of the job, but for what differs from run to run. */
const EXPECTED = {
  codes: ["out_of_range"],
  picture: ["png", 320, 320],
  unsent: [true, "invalid"],
  usd: 1.008,
  last: ["succeeded", true],
  type: "mp4",
  expires: true,
  box: "ftyp",
  part: [206, 12],
};

/** Judges what an environment said of the job: {@link outcome}'s value. The video's address is shown in the report. */
export function judge(assert, t, said) {
  assert.equal(said.error, undefined, said.error?.stack);
  const { id, url, bytes, ...rest } = said.found;
  assert.deepEqual(rest, EXPECTED);
  assert.match(id, /\S/);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/files\//);
  assert.ok(bytes > 5_000, `the video has ${bytes} bytes`);
  t.diagnostic(`${url} (${bytes} bytes)`);
}
