// The packed tarball in a browser without any tool: plain module scripts, workers, and the page's policy.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { BROWSERS, open, said, until } from "./support/browser.mjs";
import { install } from "./support/consumer.mjs";
import { MODULE, judge } from "./support/job.mjs";
import { startService } from "./support/service.mjs";
import { policy, serve } from "./support/site.mjs";

const page = (script) =>
  '<!doctype html><title>Consumer</title><link rel="icon" href="data:,"><script src="/caught.js"></script>' +
  `<script type="module" src="${script}"></script>`;
const JOB = `import * as rushes from "/rushes.js";
import { job, outcome } from "/job.js";
`;
const ASK = `const base = new URL(location.href).searchParams.get("base");\n`;

/** Every script of the site: the page's, and those of its workers. */
const SCRIPTS = {
  "/caught.js": `globalThis.caught = [];
addEventListener("error", ({ message }) => caught.push(message));
addEventListener("unhandledrejection", ({ reason }) => caught.push(String(reason)));
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => caught.push(violatedDirective + " " + blockedURI));`,
  "/job.js": MODULE,
  "/plain.js": `${JOB}${ASK}globalThis.rushes = rushes;
globalThis.said = outcome(job(rushes, base));`,
  "/library.js": `import * as rushes from "/rushes.js";
import * as slim from "/slim.js";
globalThis.slim = slim;
globalThis.rushes = rushes;`,
  "/plain-slim.js": `import * as rushes from "/slim.js";
import { job, outcome } from "/job.js";
${ASK}globalThis.said = outcome(rushes.init(fetch("/core.wasm")).then(() => job(rushes, base)));`,
  "/with-worker.js": `${ASK}const worker = new Worker("/worker.js", { type: "module" });
globalThis.said = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
worker.postMessage(base);`,
  "/worker.js": `${JOB}onmessage = async ({ data }) => postMessage(await outcome(job(rushes, data)));`,
  "/with-shared.js": `${ASK}const { port } = new SharedWorker("/shared.js", { type: "module" });
globalThis.said = new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data)));
port.postMessage(base);`,
  "/shared.js": `${JOB}onconnect = ({ ports: [port] }) => {
  port.onmessage = async ({ data }) => port.postMessage(await outcome(job(rushes, data)));
};`,
  "/with-service.js": `${ASK}await navigator.serviceWorker.register("/service.js", { type: "module" });
const { active } = await navigator.serviceWorker.ready;
globalThis.said = new Promise((resolve) => (navigator.serviceWorker.onmessage = ({ data }) => resolve(data)));
active.postMessage(base);`,
  "/service.js": `${JOB}onmessage = (event) => {
  event.waitUntil(outcome(job(rushes, event.data)).then((said) => event.source.postMessage(said)));
};`,
  "/copies.js": `import * as first from "/rushes.js";
import * as second from "/copy/rushes.js";
globalThis.copies = [first, second];`,
};

let service, consumer, site;

before(async () => {
  service = await startService();
  consumer = await install("module");
  site = await serve(find);
});

after(async () => {
  await site?.stop();
  consumer?.remove();
  await service?.stop();
});

/** `/pages/NAME` runs `/NAME.js`; below `/strict/` nothing may compile WebAssembly. */
function find(pathname) {
  const rules = policy(service.url, pathname.startsWith("/strict/") ? "" : undefined);
  const file = (name) => join(consumer.folder, "node_modules/rushes/dist", name);
  if (pathname.endsWith("/rushes.js")) return { file: file("index.js"), policy: rules };
  if (pathname === "/slim.js" || pathname === "/core.wasm") return { file: file(pathname), policy: rules };
  if (pathname in SCRIPTS) return { text: SCRIPTS[pathname], policy: rules };
  const name = /^\/(?:pages|strict)\/([\w-]+)$/.exec(pathname)?.[1];
  return name === undefined ? undefined : { text: page(`/${name}.js`), policy: rules };
}

const PLACES = {
  "a module script": "plain",
  "a module script that fetches the wasm itself": "plain-slim",
  "a worker": "with-worker",
  "a shared worker": "with-shared",
  "a service worker": "with-service",
};

for (const [name, start] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser;
    before(async () => void (browser = await start()));
    after(() => browser?.close());

    const visit = (t, path) => open(t, browser, `${site.url}${path}?base=${encodeURIComponent(service.url)}`);

    for (const [place, script] of Object.entries(PLACES)) {
      test(`${place} makes a video, under script-src 'self' 'wasm-unsafe-eval'`, async (t) => {
        const visited = await visit(t, `/pages/${script}`);
        t.diagnostic(await browser.version());
        judge(assert, t, await said(visited));
        assert.deepEqual(await visited.page.evaluate(() => globalThis.caught), []);
      });
    }

    test("without 'wasm-unsafe-eval' the error says what to add, and nothing is sent", async (t) => {
      const page = await until("rushes", await visit(t, "/strict/library"));
      const names = ["check", "inspectImage", "create", "create again", "init"];
      const { found, sent } = await page.evaluate(forbidden, service.url);
      assert.deepEqual(found, names.map((name) => [name, "unsupported", true]));
      assert.equal(sent, 0);
    });

    test("two copies on one page know each other's errors and tasks", async (t) => {
      const page = await until("copies", await visit(t, "/pages/copies"));
      const expected = { one: false, is: [true, true, false], checks: [true, true], same: true };
      assert.deepEqual(await page.evaluate(twoCopies, service.url), expected);
    });

    test("an unanswered POST is unsure, a key needs consent, and a File is read by its header", async (t) => {
      const page = await until("rushes", await visit(t, "/pages/library"));
      const expected = { unsure: "unsure", consent: "auth", image: ["jpeg", 640, 400, 0], created: true };
      assert.deepEqual(await page.evaluate(manners, service.url), expected);
    });
  });
}

// The three below run in the page: they see nothing but its globals.

/** What each way in says where WebAssembly may not be compiled. */
async function forbidden(baseURL) {
  const { Rushes, RushesError, check, inspectImage } = globalThis.rushes;
  let sent = 0;
  const counted = (...call) => {
    sent++;
    return fetch(...call);
  };
  const create = () => new Rushes({ baseURL, apiKey: null, fetch: counted }).textToVideo.create({ prompt: "A fox" });
  const calls = {
    // What is wrong at a glance needs no WebAssembly.
    check: async () => check("text-to-video", { prompt: "A fox", duration: "long" }),
    inspectImage: () => inspectImage(new Blob(["x"])),
    create,
    // Nothing half-made is left behind.
    "create again": create,
    init: () => globalThis.slim.init(fetch("/core.wasm")).then(() => globalThis.slim.check("text-to-video", {})),
  };
  const found = [];
  for (const [name, call] of Object.entries(calls)) {
    const error = await call().then(() => null, (error) => error);
    found.push([name, RushesError.is(error) ? error.kind : String(error), /Add 'wasm-unsafe-eval'/.test(error?.message)]);
  }
  return { found, sent };
}

async function twoCopies(baseURL) {
  const [first, second] = globalThis.copies;
  const client = new first.Rushes({ baseURL, apiKey: null });
  const error = await client.textToVideo.create({ prompt: "" }).catch((error) => error);
  const task = await client.textToVideo.create({ prompt: "A fox", duration: 3 });
  const again = new second.Rushes({ baseURL, apiKey: null }).task(task.toJSON());
  return {
    one: first.RushesError === second.RushesError,
    is: [first.RushesError.is(error), second.RushesError.is(error), second.RushesError.is(new Error("no"))],
    checks: [first, second].map((copy) => copy.check("text-to-video", { prompt: "A fox" }).ok),
    same: again.id === task.id,
  };
}

async function manners(baseURL) {
  const { Rushes, inspectImage } = globalThis.rushes;
  const kind = (work) => work().then(() => "none", (error) => error.kind);
  const canvas = new OffscreenCanvas(640, 400);
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  const file = new File([await canvas.convertToBlob({ type: "image/jpeg" })], "fox.png");
  const { format, width, height, issues } = await inspectImage(file);
  const closed = new Rushes({ baseURL: "http://127.0.0.1:9", apiKey: null });
  const gateway = new Rushes({ baseURL, apiKey: null });
  const task = await gateway.imageToVideo.create({ image: file, prompt: "Slow push in", duration: 3 });
  return {
    unsure: await kind(() => closed.textToVideo.create({ prompt: "A fox" })),
    consent: await kind(async () => new Rushes({ apiKey: "sk_x" })),
    image: [format, width, height, issues.length],
    created: task.id !== "",
  };
}
