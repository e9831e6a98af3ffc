// What a client has seen to its end tells it when to look at the next one of that kind.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { folder, rushes } from "./kit.mjs";

const { FakeProvider, withoutWaiting } = await import(pathToFileURL(join(folder, "dist/testing.js")).href);

/** A provider that says nothing of how far it is, and is three times as quick as is foreseen for whoever knows nothing. */
const TAKES = 40_000;
const reads = [{ status: "processing", ms: TAKES }, "succeeded"];

/** Makes one video, and says how long the wait was in which it ended: milliseconds between the last two looks. */
async function make(client, provider, request) {
  const before = provider.calls.length;
  await client.textToVideo.create({ prompt: "A fox leaps a mossy log", ...request }).result();
  const looks = provider.calls.slice(before).filter((call) => call.kind === "read");
  return looks.at(-1).at - looks.at(-2).at;
}

const several = (requests) =>
  withoutWaiting(async () => {
    const provider = new FakeProvider({ script: requests.map(() => ({ reads })) });
    const client = new rushes.Rushes({ apiKey: "test", fetch: provider.fetch });
    const waits = [];
    for (const request of requests) waits.push(await make(client, provider, request));
    return waits;
  });

test("a client that has seen three videos of a kind looks at the next one closely where it will end", async () => {
  const waits = await several(Array.from({ length: 5 }, () => ({ duration: 5 })));
  for (const wait of waits.slice(0, 3)) assert.ok(wait > 2500, `nothing is known: ${waits}`);
  for (const wait of waits.slice(3)) assert.ok(wait < 2000, `three are known: ${waits}`);
});

test("what it has seen of other kinds tells something, too, and a new client knows nothing", async () => {
  const waits = await several([
    { duration: 5 }, { duration: 5, sound: true }, { duration: 5 }, { duration: 5, sound: true },
  ]);
  assert.ok(waits[3] < 2000, `three others are known: ${waits}`);
  const [first] = await several([{ duration: 5, sound: true }]);
  assert.ok(first > 2500, `${first}`);
});

test("a task that is stored remembers its sound", async () => {
  const stored = (request) =>
    withoutWaiting(async () => {
      const provider = new FakeProvider({});
      const client = new rushes.Rushes({ apiKey: "test", fetch: provider.fetch });
      return (await client.textToVideo.create(request)).toJSON().sound;
    });
  const prompt = 'A sign says {"sound":true}';
  assert.deepEqual([await stored({ prompt }), await stored({ prompt, sound: false }), await stored({ prompt, sound: true })],
    [undefined, undefined, true]);
});
