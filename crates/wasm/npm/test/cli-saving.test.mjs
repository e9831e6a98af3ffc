// Saving the video: whole or not at all, taken up again where it broke off, over nothing that is there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CANARY, rushes, state, withFolder, withProvider } from "./command.mjs";

const VIDEO = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 8)) % 251));
const HALF = VIDEO.length / 2;
const FOX = ["make", "--prompt", "A fox", "--duration", "3"];

/** A task that is done, with its file at the provider's own address. */
const look = (path = "/v.mp4", id = "t-1") => (request) =>
  state("SUCCEED", { task: { task_id: id }, videos: [{ video_url: `http://${request.headers.host}${path}`, video_url_ttl: "3600", video_type: "mp4" }] });

/** The file's server: as a good one, but what `trouble` does first. */
const file = ({ ranges = true, trouble = () => undefined } = {}) => (request, response, seen) => {
  const troubled = trouble(request, response, seen);
  if (troubled !== undefined) return troubled === "handled" ? undefined : troubled;
  const from = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
  const part = VIDEO.subarray(from);
  const headers = { "content-type": "video/mp4", "content-length": part.length };
  if (from > 0) headers["content-range"] = `bytes ${from}-${VIDEO.length - 1}/${VIDEO.length}`;
  response.writeHead(from > 0 ? 206 : 200, headers).end(part);
};

/** Sends half of the file, then drops the connection: the first so many times. */
const dropping = (times) => (request, response, { files }) => {
  if (files.length > times) return undefined;
  response.writeHead(200, { "content-length": VIDEO.length });
  response.write(VIDEO.subarray(0, HALF), () => setTimeout(() => request.socket.destroy(), 50));
  return "handled";
};

const ranges = ({ files }) => files.map(({ headers }) => headers.range);

/** Runs make with --out, and tells how it ended. */
function saving(provider, work, { args = [], before = () => {}, out = "fox.mp4" } = {}) {
  return withFolder((path) =>
    withProvider({ looks: [look()], ...provider }, async ({ at, seen, url }) => {
      before(path);
      const ended = await rushes([...FOX, ...at, "--out", out, ...args], { cwd: path });
      await work({ ended, seen, path, at, url, read: (name) => readFileSync(join(path, name)), names: () => readdirSync(path) });
    }),
  );
}

test("the video is saved under the name given, and without the key", () =>
  saving({ file: file() }, ({ ended, seen, read, names }) => {
    assert.deepEqual([ended.code, ended.stdout], [0, "fox.mp4\n"]);
    assert.deepEqual(names(), ["fox.mp4"]);
    assert.ok(read("fox.mp4").equals(VIDEO));
    assert.equal(seen.files[0].headers.authorization, undefined);
    assert.ok(!JSON.stringify(seen.files).includes(CANARY));
  }, { args: ["--send-key"] }));

test("a download that broke off goes on where it was", () =>
  saving({ file: file({ trouble: dropping(1) }) }, ({ ended, seen, read, names }) => {
    assert.equal(ended.code, 0);
    assert.deepEqual(ranges(seen), [undefined, `bytes=${HALF}-`]);
    assert.ok(read("fox.mp4").equals(VIDEO));
    assert.deepEqual(names(), ["fox.mp4"]);
  }));

test("a server that knows no ranges is asked from the beginning", () =>
  saving({ file: file({ trouble: dropping(1), ranges: false }) }, ({ ended, seen, read }) => {
    assert.equal(ended.code, 0);
    assert.equal(seen.files.length, 2);
    assert.ok(read("fox.mp4").equals(VIDEO));
  }));

test("an expired link is asked for anew, once", () => {
  const trouble = (request) => (request.url === "/v.mp4" ? { status: 403, body: "" } : undefined);
  return saving({ looks: [look(), look("/fresh.mp4")], file: file({ trouble }) }, ({ ended, seen, read }) => {
    assert.deepEqual([ended.code, seen.looks], [0, 2]);
    assert.ok(read("fox.mp4").equals(VIDEO));
  });
});

test("a link that stays expired ends with 8, and the way to go on", () =>
  saving({ file: { status: 404, body: "" } }, ({ ended, seen, names }) => {
    assert.deepEqual([ended.code, ended.events().at(-1).id, seen.files.length], [8, "t-1", 2]);
    assert.match(ended.events().at(-1).resume, /^npx rushes watch t-1 --out fox\.mp4 --base-url /);
    assert.deepEqual(names(), []);
  }, { args: ["--json"] }));

test("a server that never gives all of it ends with 5, and nothing has the name", () =>
  saving({ file: file({ trouble: dropping(Infinity), ranges: false }) }, ({ ended, names }) => {
    assert.equal(ended.code, 5);
    assert.ok(!names().includes("fox.mp4"));
  }));

test("what is there is not overwritten, and nothing is sent", () =>
  saving({ file: file() }, ({ ended, seen, read }) => {
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /fox\.mp4 exists already/);
    assert.equal(seen.posts.length, 0);
    assert.equal(read("fox.mp4").toString(), "mine");
  }, { before: (path) => writeFileSync(join(path, "fox.mp4"), "mine") }));

test("--force overwrites", () =>
  saving({ file: file() }, ({ ended, read }) => {
    assert.equal(ended.code, 0);
    assert.ok(read("fox.mp4").equals(VIDEO));
  }, { args: ["--force"], before: (path) => writeFileSync(join(path, "fox.mp4"), "mine") }));

test("a file that came into being meanwhile is not overwritten either", () =>
  withFolder((path) => {
    const trouble = () => void writeFileSync(join(path, "fox.mp4"), "mine");
    return withProvider({ looks: [look()], file: file({ trouble }) }, async ({ at }) => {
      const ended = await rushes([...FOX, ...at, "--out", "fox.mp4"], { cwd: path });
      assert.equal(ended.code, 9);
      assert.match(ended.stderr, /it exists already\. The video is still at its link/);
      assert.equal(readFileSync(join(path, "fox.mp4"), "utf8"), "mine");
    });
  }));

const EVIL = "../../evil/t";

test("in a folder the file has the task's id, whatever that is", () =>
  saving({ create: { json: { task_id: EVIL } }, looks: [look("/v.mp4", EVIL)], file: file() }, ({ ended, read, names }) => {
    assert.equal(ended.code, 0);
    assert.deepEqual(names(), ["_evil_t.mp4"]);
    assert.ok(read("_evil_t.mp4").equals(VIDEO));
  }, { out: "." }));

test("interrupted while saving, it goes on with the next run", () =>
  withFolder((path) => {
    // The rest of the first answer never comes.
    const trouble = (_, response, { files }) => {
      if (files.length > 1) return undefined;
      response.writeHead(200, { "content-length": VIDEO.length });
      response.write(VIDEO.subarray(0, HALF));
      return "handled";
    };
    return withProvider({ looks: [look()], file: file({ trouble }) }, async ({ at, seen }) => {
      const out = ["--out", "fox.mp4"];
      const halfway = setInterval(() => {
        const part = readdirSync(path).find((name) => name.endsWith(".part"));
        if (part === undefined || readFileSync(join(path, part)).length < HALF) return;
        clearInterval(halfway);
        running.kill("SIGINT");
      }, 20);
      let running;
      const told = (_, child) => void (running = child);
      const first = await rushes([...FOX, ...at, ...out], { cwd: path, told }).finally(() => clearInterval(halfway));
      assert.equal(first.code, 130);
      assert.match(first.stderr, /npx rushes watch t-1 --out fox\.mp4/);
      const again = await rushes(["watch", "t-1", ...at, ...out], { cwd: path });
      assert.equal(again.code, 0);
      assert.deepEqual(ranges(seen), [undefined, `bytes=${HALF}-`]);
      assert.ok(readFileSync(join(path, "fox.mp4")).equals(VIDEO));
      assert.deepEqual(readdirSync(path), ["fox.mp4"]);
    });
  }));

test("a file that was whole but not yet named is not fetched again", () =>
  withFolder((path) => {
    const trouble = (request, _, { files }) => {
      if (files.length === 1) writeFileSync(join(path, "fox.mp4"), "in the way");
      if (request.headers.range !== `bytes=${VIDEO.length}-`) return undefined;
      return { status: 416, headers: { "content-range": `bytes */${VIDEO.length}` }, body: "" };
    };
    return withProvider({ looks: [look()], file: file({ trouble }) }, async ({ at }) => {
      const out = ["--out", "fox.mp4"];
      assert.equal((await rushes([...FOX, ...at, ...out], { cwd: path })).code, 9);
      assert.equal((await rushes(["watch", "t-1", ...at, ...out, "--force"], { cwd: path })).code, 0);
      assert.ok(readFileSync(join(path, "fox.mp4")).equals(VIDEO));
    });
  }));
