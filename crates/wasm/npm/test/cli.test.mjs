// The command: what it takes, what it prints, how it ends.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CANARY, rushes, state, withFolder, withProvider } from "./command.mjs";
import { folder, png } from "./kit.mjs";

const FOX = ["make", "--prompt", "A fox", "--duration", "3"];
const done = (url = "https://files.example/v.mp4") =>
  state("SUCCEED", { videos: [{ video_url: url, video_url_ttl: "3600", video_type: "mp4" }] });
const refusal = (status, reason, headers) => ({ status, headers, json: { code: status, reason, message: "No.", metadata: {} } });

// Arguments, exit code, what is said.
const USAGE = [
  [[], 2, /Commands/],
  [["--help"], 0, /Exit codes:[\s\S]*130/],
  [["help"], 0, /Commands/],
  [["make", "--help"], 0, /--cfg-scale NUMBER/],
  [["help", "watch"], 0, /--once/],
  [["check", "-h"], 0, /With --json:/],
  [["mke"], 2, /Did you mean make\?/],
  [["frobnicate"], 2, /Commands: make, watch, check, inspect, estimate/],
  [["make", "--prmopt", "x"], 2, /no flag --prmopt\. Did you mean --prompt\?/],
  [["make", "--negative_prompt", "x"], 2, /Did you mean --negative\?/],
  [["make", "--aspect-ratio", "1:1"], 2, /Did you mean --ratio\?/],
  [["make", "--zzzzzzzz"], 2, /no flag --zzzzzzzz\. See --help/],
  [["watch", "t-1", "--prompt", "x"], 2, /`rushes watch` takes no --prompt/],
  [["watch"], 2, /ID is missing/],
  [["watch", "t 1"], 2, /./],
  [["make", "--prompt", "A", "fox"], 2, /needs quotes/],
  [["make", "--prompt"], 2, /--prompt needs a value/],
  [["make", "--out", "--force", "--prompt", "x"], 2, /--out needs a value/],
  [["make", "--sound=yes", "--prompt", "x"], 2, /--sound takes no value/],
  [["make", "--prompt", "a", "--prompt", "b"], 2, /--prompt is given twice/],
  [["make", "--prompt", "a", "--max-usd", "much"], 2, /--max-usd takes a number above 0/],
  [["make", "--prompt", "a", "--max-usd", "0.1"], 2, /above --max-usd. Nothing was sent/],
  [["make", "--prompt", "a", "--no-wait", "--out", "x.mp4"], 2, /--no-wait/],
  [["make", "--prompt", "a", "--force"], 2, /no --out/],
  [["make", "--prompt", "a", "--out", "-"], 2, /--out takes/],
  [["make", "--prompt", "a", "--out", "/nowhere/at/all.mp4"], 2, /Nothing can be saved in \/nowhere\/at: it does not exist/],
  [["make", "--prompt", "a", "--base-url", "https://u:p@e.x"], 2, /baseURL holds no user/],
  [["make", "--prompt", "a", "--base-url", "http://e.x", "--send-key"], 3, /plain http/],
  [["make"], 2, /There is no request/],
  [["make", "--prompt-file", "-", "--request", "-"], 2, /read once only/],
  [["check", "--endpoint", "t2v", "--prompt", "x"], 2, /--endpoint is/],
  [["check", "nowhere.json"], 2, /cannot be read from nowhere\.json: it does not exist/],
  [["inspect", "https://e.x/a.png"], 2, /not fetched/],
  [["inspect", "/"], 2, /it is a folder/],
];

for (const [args, code, words] of USAGE) {
  test(`rushes ${args.join(" ") || "(nothing)"} ends with ${code}`, async () => {
    const ended = await rushes(args);
    assert.match(ended.stdout + ended.stderr, words);
    assert.equal(ended.code, code);
    assert.equal(code === 0, ended.stdout !== "");
  });
}

for (const args of [["--api-key", CANARY], [`--api-key=${CANARY}`], ["--apiKey", CANARY], ["--token", CANARY], ["--api_key", CANARY], ["--key", CANARY]]) {
  test(`a key as an argument is refused and not repeated: ${args[0].split("=")[0]}`, async () => {
    const ended = await rushes([...FOX, ...args], { env: { NOVITA_API_KEY: "another_key_entirely" } });
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /Set the environment variable NOVITA_API_KEY/);
    assert.ok(!ended.stderr.includes(CANARY));
  });
}

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.equal((await rushes(["--version"])).stdout, `${version}\n`);
});

test("the README lists the exit codes that --help tells", async () => {
  const numbers = (text, row) => [...text.matchAll(row)].flatMap(([, found]) => found.match(/\d+/g).map(Number));
  const { stdout } = await rushes(["--help"]);
  const help = numbers(stdout.slice(stdout.indexOf("Exit codes:")), /^ {2}(\d+) /gm);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const table = numbers(readme.slice(readme.indexOf("| exit code |")), /^\| (\d[\d, ]*) \|/gm);
  assert.deepEqual(table, [...help, 143]);
});

test("check tells every issue, by the flags' names", async () => {
  const ended = await rushes(["check", "--prompt", " ", "--duration", "x", "--shot", "3:ok", "--shot", "99: far"]);
  assert.equal(ended.code, 2);
  const lines = ended.stderr.trim().split("\n");
  assert.deepEqual(lines.map((line) => /^error (\S+(?: \d \w+)?):.*\((\w+)\)$/.exec(line)?.slice(1)), [
    ["/image", "required"],
    ["--prompt", "blank"],
    ["--duration", "wrong_type"],
    ["--shot 2 duration", "out_of_range"],
  ]);
});

test("check answers with one JSON document, from a file or standard input", () =>
  withFolder(async (path) => {
    const request = { prompt: "A fox", aspect_ratio: "1:1" };
    writeFileSync(join(path, "fox.json"), JSON.stringify(request));
    for (const [args, input] of [[["fox.json"], ""], [["-"], JSON.stringify(request)], [["--request", "fox.json"], ""]]) {
      const ended = await rushes(["check", ...args, "--json"], { cwd: path, input });
      assert.deepEqual([ended.code, ended.stderr], [0, ""]);
      const { ok, endpoint, request: accepted, body, warnings } = JSON.parse(ended.stdout);
      assert.deepEqual([ok, endpoint, warnings, JSON.parse(body)], [true, "text-to-video", [], request]);
      assert.deepEqual(accepted, { ...request, duration: 5, cfg_scale: 0.5, sound: false });
    }
    const refused = await rushes(["check", "-", "--json", "--duration", "2"], { input: JSON.stringify({ prompt: "x", seed: 4 }) });
    assert.equal(refused.code, 2);
    const found = JSON.parse(refused.stdout);
    assert.deepEqual([found.ok, found.issues.map(({ path: at, code }) => `${at} ${code}`)], [false, ["/duration out_of_range", "/seed unknown_field"]]);
    for (const [input, words] of [["{", /no JSON/], ["[]", /no object/], [Buffer.from([0xff]), /no UTF-8/]]) {
      const ended = await rushes(["check", "-", "--json"], { input });
      assert.equal(ended.code, 2);
      const event = JSON.parse(ended.stdout);
      assert.match(event.message, words);
      assert.deepEqual([event.event, event.exitCode], ["error", 2]);
    }
  }));

test("images come from files and standard input, and make it image to video", () =>
  withFolder(async (path) => {
    const file = Buffer.from(png(640, 480));
    writeFileSync(join(path, "fox.png"), file);
    writeFileSync(join(path, "words.txt"), "A fox\r\n");
    const uri = `data:image/png;base64,${file.toString("base64")}`;
    const args = ["check", "--image", "fox.png", "--end-image", "-", "--prompt-file", "words.txt", "--json"];
    const ended = await rushes(args, { cwd: path, input: file });
    const { endpoint, body } = JSON.parse(ended.stdout);
    assert.deepEqual([endpoint, JSON.parse(body)], ["image-to-video", { image: uri, prompt: "A fox", end_image: uri }]);
    const shots = ["--shot", "3:It wakes", "--shot", "It runs: far", "--shot", " 4 s : It: rests"];
    const url = await rushes(["check", "--image", "https://e.x/fox.png", "--prompt", "Fox", ...shots, "--json"]);
    const sent = JSON.parse(JSON.parse(url.stdout).body);
    assert.deepEqual(sent.multi_prompt, [
      { prompt: "It wakes", duration: 3 },
      { prompt: "It runs: far" },
      { prompt: "It: rests", duration: 4 },
    ]);
  }));

test("inspect tells what an image is", () =>
  withFolder(async (path) => {
    writeFileSync(join(path, "fox.png"), png(640, 480));
    const good = await rushes(["inspect", "fox.png"], { cwd: path });
    assert.deepEqual([good.code, good.stdout, good.stderr], [0, "png, 640 x 480 pixels, 64 bytes\n", ""]);
    const small = await rushes(["inspect", "-", "--json"], { input: png(100, 480) });
    const { width, issues } = JSON.parse(small.stdout);
    assert.deepEqual([small.code, width, issues.map(({ code }) => code)], [2, 100, ["image_too_small", "image_ratio"]]);
    assert.equal((await rushes(["inspect", "-"], { input: "GIF89a" })).code, 2);
  }));

test("estimate tells a price, by one's own rates, too", async () => {
  const ended = await rushes(["estimate", "--prompt", "Fox", "--duration", "8", "--sound"]);
  assert.deepEqual([ended.code, ended.stdout], [0, "about $1.008: 8 s at $0.126 a second\n"]);
  const own = await rushes(["estimate", "-", "--rate-silent", "0.5", "--json"], { input: '{"prompt":"Fox","duration":4}' });
  const { usd, source } = JSON.parse(own.stdout);
  assert.deepEqual([usd, source], [2, "your own rates"]);
});

// What arrives for the POST, the exit code, how many POSTs, the kind.
const CREATES = [
  ["a reset connection", "reset", 4, 1, "unsure"],
  ["a 500", refusal(500, "CREATE_TASK_FAILED"), 4, 1, "unsure"],
  ["a 200 without an id", { json: {} }, 4, 1, "unsure"],
  ["a refused prompt", refusal(400, "ILLEGAL_PROMPT"), 2, 1, "moderation"],
  ["a refused image", refusal(400, "INVALID_IMAGE_SIZE"), 2, 1, "image"],
  ["no balance", refusal(403, "NOT_ENOUGH_BALANCE"), 3, 1, "balance"],
  ["a bad key", refusal(401, "INVALID_API_KEY"), 3, 1, "auth"],
  ["a wrong address", refusal(404, "API_NOT_FOUND"), 8, 1, "not_found"],
  ["too many requests", refusal(429, "RATE_LIMIT_EXCEEDED", { "retry-after": "3600" }), 6, 1, "rate_limit"],
];

for (const [name, create, code, posts, kind] of CREATES) {
  test(`${name} ends make with ${code}`, () =>
    withProvider({ create }, async ({ at, seen }) => {
      const ended = await rushes([...FOX, ...at, "--send-key", "--json"]);
      const last = ended.events().at(-1);
      assert.deepEqual([ended.code, last.event, last.kind, last.exitCode], [code, "error", kind, code]);
      assert.equal(seen.posts.length, posts);
      assert.notEqual(ended.stderr, "");
    }));
}

test("no server at all ends with 5: nothing was sent", async () => {
  const gone = await withProvider({}, async ({ at }) => at);
  const ended = await rushes([...FOX, ...gone, "--json"]);
  assert.deepEqual([ended.code, ended.events().at(-1).kind], [5, "network"]);
});

test("without a key nothing is sent to the provider", async () => {
  const ended = await rushes(FOX, { env: { NOVITA_API_KEY: " " } });
  assert.deepEqual([ended.code, ended.stdout], [3, ""]);
  assert.match(ended.stderr, /set the environment variable NOVITA_API_KEY, or name a server of your own with --base-url/);
});

test("an invalid request is not sent", () =>
  withProvider({}, async ({ at, seen }) => {
    const ended = await rushes(["make", "--prompt", "x", "--duration", "16", ...at, "--json"]);
    const [event] = ended.events();
    assert.deepEqual([ended.code, event.kind, event.issues[0].code, seen.posts.length], [2, "invalid", "out_of_range", 0]);
  }));

test("the key goes to --base-url only where --send-key says so", () =>
  withProvider({ looks: [done()] }, async ({ at, seen }) => {
    assert.equal((await rushes([...FOX, ...at])).code, 0);
    assert.equal((await rushes([...FOX, ...at, "--send-key"])).code, 0);
    assert.deepEqual(seen.posts.map(({ headers }) => headers.authorization), [undefined, `Bearer ${CANARY}`]);
    assert.deepEqual(JSON.parse(seen.posts[0].body), { prompt: "A fox", duration: 3 });
  }));

test("make prints the id at once, then where it stands, then the link", () =>
  withProvider({ looks: [state("QUEUED"), state("PROCESSING", { task: { progress_percent: 45 } }), done()] }, async ({ at }) => {
    const ended = await rushes([...FOX, ...at]);
    assert.deepEqual([ended.code, ended.stdout], [0, "https://files.example/v.mp4\n"]);
    assert.match(ended.stderr, /^3 s of video, about \$0\.252 .*\nTask t-1\n\d:\d\d {2}queued\n\d:\d\d {2}processing, 45 %\n/);
    assert.ok(!ended.stderr.includes("\u001b"), "no colours or moving lines outside of a terminal");
  }));

test("under --json the events come one a line", () =>
  withProvider({ looks: [state("QUEUED"), done()] }, async ({ at }) => {
    const events = (await rushes([...FOX, ...at, "--json"])).events();
    assert.deepEqual(events.map(({ event }) => event), ["estimate", "created", "update", "update", "result"]);
    const [, created, queued, , result] = events;
    assert.deepEqual([created.id, created.endpoint, created.seconds, queued.status], ["t-1", "text-to-video", 3, "queued"]);
    assert.deepEqual([result.videos.length, result.videos[0].url, result.files], [1, "https://files.example/v.mp4", []]);
  }));

test("a failed task ends with 1 and its reason; nothing in it steers the terminal", () => {
  const reason = "no \u001b]0;title\u0007\u001b[2J\u009b31mfox\nError: forged";
  return withProvider({ looks: [state("FAILED", { task: { reason } })] }, async ({ at }) => {
    const ended = await rushes([...FOX, ...at]);
    assert.deepEqual([ended.code, ended.stdout], [1, ""]);
    assert.match(ended.stderr, /fox/);
    assert.doesNotMatch(ended.stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|^Error: forged/m);
    const told = await rushes([...FOX, ...at, "--json"]);
    assert.doesNotMatch(told.stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    assert.deepEqual([told.events().at(-1).kind, told.events().at(-1).id], ["task_failed", "t-1"]);
  });
});

test("--no-wait prints the id alone", () =>
  withProvider({}, async ({ at, seen }) => {
    const ended = await rushes([...FOX, ...at, "--no-wait"]);
    assert.deepEqual([ended.code, ended.stdout, seen.looks], [0, "t-1\n", 0]);
  }));

test("watch takes a task up again; a missed look ends nothing", () =>
  withProvider({ looks: ["reset", { status: 503, body: "busy" }, done()] }, async ({ at, seen }) => {
    const ended = await rushes(["watch", "t-1", ...at]);
    assert.deepEqual([ended.code, ended.stdout, seen.posts.length], [0, "https://files.example/v.mp4\n", 0]);
  }));

test("watch --once looks once", () =>
  withProvider({ looks: [state("PROCESSING", { task: { progress_percent: 12, eta: 90 } })] }, async ({ at, seen }) => {
    const ended = await rushes(["watch", "t-1", "--once", ...at]);
    assert.deepEqual([ended.code, ended.stdout, seen.looks], [0, "processing, 12 %, about 1:30 to go\n", 1]);
  }));

test("watch --once of a failed task ends with 1", () =>
  withProvider({ looks: [state("FAILED", { task: { reason: "Bad luck" } })] }, async ({ at }) => {
    const ended = await rushes(["watch", "t-1", "--once", ...at]);
    assert.deepEqual([ended.code, ended.stdout], [1, "failed\n"]);
    assert.match(ended.stderr, /Bad luck/);
  }));

test("--timeout stops waiting with 7, and says how to go on", () =>
  withProvider({ looks: [state("QUEUED")] }, async ({ at, url }) => {
    const ended = await rushes([...FOX, ...at, "--timeout", "1", "--json"]);
    const last = ended.events().at(-1);
    assert.deepEqual([ended.code, last.kind, last.id, last.resume], [7, "timeout", "t-1", `npx rushes watch t-1 --base-url ${url}`]);
  }));
