// Ctrl-C, closed pipes and terminals: whoever stops looking loses neither the task nor its id.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { rushes, state, withFolder, withProvider } from "./command.mjs";
import { withServer } from "./server.mjs";

const FOX = ["make", "--prompt", "A fox", "--duration", "3"];
const done = state("SUCCEED", { videos: [{ video_url: "https://files.example/v.mp4", video_type: "mp4" }] });

/** Sends a signal as soon as the words are printed; each only once. */
function when(...steps) {
  const left = [...steps];
  return (printed, child) => {
    while (left.length > 0 && left[0][0].test(printed)) left.shift()[1](child);
  };
}

const press = (name = "SIGINT") => (child) => child.kill(name);
const type = (text) => (child) => child.stdin.write(text);

for (const [name, code] of [["SIGINT", 130], ["SIGTERM", 143]]) {
  test(`${name} while watching ends with ${code} and says how to go on`, () =>
    withProvider({ looks: [state("QUEUED")] }, async ({ at, url, seen }) => {
      const ended = await rushes([...FOX, ...at], { told: when([/queued/, press(name)]) });
      assert.deepEqual([ended.code, ended.stdout], [code, ""]);
      assert.match(ended.stderr, /Stopped looking\. The task goes on; to look again: npx rushes watch t-1 --base-url http/);
      assert.ok(ended.stderr.includes(url));
      assert.equal(seen.posts.length, 1);
    }));
}

test("under --json it is an event", () =>
  withProvider({ looks: [state("QUEUED")] }, async ({ at, url }) => {
    const ended = await rushes(["watch", "t-1", ...at, "--json"], { told: when([/queued/, press()]) });
    assert.deepEqual(ended.events().at(-1), { event: "stopped", id: "t-1", resume: `npx rushes watch t-1 --base-url ${url}` });
  }));

test("Ctrl-C while the request is on its way waits for the id", () => {
  let answer;
  const create = (_, response) => void (answer = () => response.end('{"task_id":"t-late"}'));
  return withProvider({ create, looks: [done] }, async ({ at, seen }) => {
    let running;
    const told = when([/Ctrl-C again/, () => answer()]);
    const poll = setInterval(() => answer !== undefined && seen.posts.length === 1 && (clearInterval(poll), running.kill("SIGINT")), 20);
    const ended = await rushes([...FOX, ...at], { told: (text, child) => ((running = child), told(text, child)) });
    assert.equal(ended.code, 130);
    assert.match(ended.stderr, /Task t-late\n.*npx rushes watch t-late/);
    assert.deepEqual([seen.posts.length, seen.looks], [1, 0]);
  });
});

test("a second Ctrl-C leaves at once, and says that it may have been billed", () =>
  withProvider({ create: "hang" }, async ({ at, seen }) => {
    let running;
    const poll = setInterval(() => seen.posts.length === 1 && (clearInterval(poll), running.kill("SIGINT")), 20);
    const told = when([/Ctrl-C again/, press()]);
    const ended = await rushes([...FOX, ...at], { told: (text, child) => ((running = child), told(text, child)) });
    assert.equal(ended.code, 130);
    assert.match(ended.stderr, /may have been accepted and billed/);
  }));

test("who reads may leave: the video is saved all the same", () =>
  withServer((url) =>
    withFolder(async (path) => {
      const told = when([/estimate/, (child) => (child.stdout.destroy(), child.stderr.destroy())]);
      const ended = await rushes([...FOX, "--base-url", url, "--out", "fox.mp4", "--json"], { cwd: path, told });
      assert.equal(ended.code, 0);
      assert.ok(existsSync(join(path, "fox.mp4")));
    }),
  ));

test("a video by the local service, from words to the file", () =>
  withServer((url) =>
    withFolder(async (path) => {
      const ended = await rushes([...FOX, "--base-url", url, "--out", "fox.mp4"], { cwd: path });
      assert.deepEqual([ended.code, ended.stdout], [0, "fox.mp4\n"]);
      assert.equal(readFileSync(join(path, "fox.mp4")).toString("latin1", 4, 8), "ftyp");
      const id = /Task (\S+)/.exec(ended.stderr)[1];
      const again = await rushes(["watch", id, "--base-url", url, "--out", "."], { cwd: path });
      assert.deepEqual([again.code, again.stdout], [0, `${id}.mp4\n`]);
    }),
  ));

const withoutTerminals = process.platform === "linux" ? false : "terminals are tried with the `script` of Linux";

test("on a terminal it asks, and takes silence for no", { skip: withoutTerminals }, () =>
  withProvider({ looks: [done] }, async ({ at, seen }) => {
    for (const [answer, code, posts] of [["\r", 2, 0], ["n\r", 2, 0], ["\u0003", 130, 0], ["y\r", 0, 1]]) {
      const ended = await rushes([...FOX, ...at], { terminal: true, told: when([/\[y\/N\] /, type(answer)]) });
      assert.deepEqual([ended.code, seen.posts.length], [code, posts], ended.stdout);
      if (posts === 0) assert.match(ended.stdout, /Nothing was sent/);
    }
  }));

test("on a terminal --yes does not ask, and one line changes", { skip: withoutTerminals }, () =>
  withProvider({ looks: [state("QUEUED"), state("PROCESSING"), done] }, async ({ at }) => {
    const ended = await rushes([...FOX, ...at, "--yes"], { terminal: true });
    assert.equal(ended.code, 0);
    assert.match(ended.stdout, /queued\r\u001b\[2K.*processing/s);
    assert.doesNotMatch(ended.stdout, /Make it/);
  }));

test("colours end with NO_COLOR and on dumb terminals", { skip: withoutTerminals }, async () => {
  const red = /\u001b\[31merror/;
  const shown = async (env) => (await rushes(["check", "--prompt", " "], { terminal: true, env: { TERM: "xterm", ...env } })).stdout;
  assert.match(await shown({}), red);
  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) assert.doesNotMatch(await shown(env), /\u001b\[\d/);
});
