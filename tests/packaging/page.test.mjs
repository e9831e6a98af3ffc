// The packed tarball in a page: a plain module script, under a strict Content-Security-Policy.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { install, needed, tool } from "./support/consumer.mjs";
import { EXPECTED, JOB, comparable } from "./support/job.mjs";
import { startService } from "./support/service.mjs";

const { chromium } = tool("playwright-core");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];
const SCRIPT = `import * as rushes from "/rushes.js";
const job = async (rushes, baseURL) => {${JOB}};
const run = (work) => work().then((found) => ({ found }), (error) => ({ error: { ...error, message: String(error.message) } }));
globalThis.rushes = rushes;
globalThis.job = (baseURL) => run(() => job(rushes, baseURL));
`;

let service, browser, consumer, site, origin;

before(async () => {
  service = await startService();
  consumer = await install("module");
  site = createServer(serve).listen(0, "127.0.0.1");
  await new Promise((resolve) => site.once("listening", resolve));
  origin = `http://127.0.0.1:${site.address().port}`;
  browser = await chromium.launch({ executablePath: needed("RUSHES_CHROMIUM"), args: FLAGS });
});

after(async () => {
  await browser?.close();
  site?.close();
  consumer?.remove();
  await service?.stop();
});

/** `/` may compile WebAssembly, `/strict` may not; neither allows anything inline. */
function serve(request, response) {
  const { pathname } = new URL(request.url, origin);
  const wasm = pathname === "/strict" ? "" : " 'wasm-unsafe-eval'";
  const policy = `default-src 'none'; script-src 'self'${wasm}; connect-src ${service.url}`;
  const send = (type, body) => response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(body);
  if (pathname === "/rushes.js") {
    return send("text/javascript", readFileSync(join(consumer.folder, "node_modules/rushes/dist/index.js")));
  }
  if (pathname === "/app.js") return send("text/javascript", SCRIPT);
  send("text/html", '<!doctype html><title>Consumer</title><script type="module" src="/app.js"></script>');
}

async function open(t, path) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(origin + path);
  await page.waitForFunction(() => typeof globalThis.job === "function");
  return { page, errors };
}

test("a page makes a video from prompt to file, under script-src 'self' 'wasm-unsafe-eval'", async (t) => {
  const { page, errors } = await open(t, "/");
  const { found, error } = await page.evaluate((baseURL) => globalThis.job(baseURL), service.url);
  assert.equal(error, undefined);
  assert.deepEqual(comparable(found), EXPECTED);
  assert.deepEqual(errors, []);
});

test("without 'wasm-unsafe-eval' the error says what to add, and nothing is sent", async (t) => {
  const { page } = await open(t, "/strict");
  const sent = [];
  page.on("request", (request) => sent.push(request.url()));
  const { error } = await page.evaluate((baseURL) => globalThis.job(baseURL), service.url);
  assert.equal(error.kind, "unsupported");
  assert.match(error.message, /'wasm-unsafe-eval'/);
  assert.deepEqual(sent, []);
});

test("in a page an unanswered POST is unsure, a key needs consent, and a File is read by its header", async (t) => {
  const { page } = await open(t, "/");
  const found = await page.evaluate(async (baseURL) => {
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
  }, service.url);
  assert.deepEqual(found, { unsure: "unsure", consent: "auth", image: ["jpeg", 640, 400, 0], created: true });
});
