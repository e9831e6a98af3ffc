// The React hook: on a server, taking over from it, and in a page, with the real React in a real browser.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";
import { chromium } from "playwright-core";
import { createElement } from "react";
import { renderToString } from "react-dom/server";

import { folder } from "./kit.mjs";

/** The package installed beside the React that the tests use. */
const place = mkdtempSync(join(tmpdir(), "rushes-react-"));
const load = (entry) => import(pathToFileURL(join(place, `node_modules/rushes/dist/${entry}.js`)).href);

/** What the page runs; the tests call it by name. */
const PAGE = `
import { createElement, StrictMode, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { Rushes } from "rushes";
import { useTask } from "rushes/react";
import { FakeProvider, withoutWaiting } from "rushes/testing";

export { createElement, StrictMode, createRoot, hydrateRoot, FakeProvider, withoutWaiting };
export const rendered = [];
export function Take({ of, client }) {
  const snapshot = useTask(of, client);
  rendered.push(snapshot);
  if (snapshot === null) return createElement("p", null, "no task");
  const { status, progress_percent, videos, error } = snapshot;
  return createElement("p", { role: error ? "alert" : null }, error ? error.kind : videos ? videos[0].type : \`\${status} \${progress_percent ?? "-"}\`);
}
export const clientOf = (provider) => new Rushes({ apiKey: "test", fetch: provider.fetch, dangerouslyAllowBrowser: true });
export const texts = () => document.getElementById("root").textContent;
export async function until(text) {
  for (let tries = 0; texts() !== text; tries++) {
    if (tries > 2000) throw new Error(\`it shows \${texts()}, never \${text}\`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
`;

let browser, bundle;

before(async () => {
  mkdirSync(join(place, "node_modules"));
  cpSync(folder, join(place, "node_modules/rushes"), { recursive: true });
  for (const name of ["react", "react-dom"]) {
    symlinkSync(join(import.meta.dirname, "../node_modules", name), join(place, "node_modules", name));
  }
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: place },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "kit",
    define: { "process.env.NODE_ENV": '"development"' },
  });
  bundle = outputFiles[0].text;
  const executablePath = process.env.RUSHES_CHROMIUM ?? "/usr/bin/chromium";
  assert.ok(existsSync(executablePath), "RUSHES_CHROMIUM must name a Chromium");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
});

after(async () => {
  await browser?.close();
  rmSync(place, { recursive: true });
});

/**
 * Runs something in a page with the bundle, without waiting, and gives what it gives. Errors and warnings of the page
 * fail the test.
 */
async function inPage(work) {
  const page = await browser.newPage();
  const said = [];
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  try {
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,"><div id="root"></div>' }));
    await page.goto("http://localhost/");
    await page.addScriptTag({ content: bundle });
    const found = await page.evaluate(`kit.withoutWaiting(${work})`);
    assert.deepEqual(said, []);
    return found;
  } finally {
    await page.close();
  }
}

test("on a server: what is known before the first look, and nothing is sent", async () => {
  const { useTask } = await load("react");
  const { FakeProvider } = await load("testing");
  const provider = new FakeProvider();
  const { Rushes } = await load("index");
  const client = new Rushes({ apiKey: "test", fetch: provider.fetch });
  const Take = ({ of }) => {
    const snapshot = useTask(of, client);
    return createElement("p", null, snapshot === null ? "no task" : `${snapshot.id} ${snapshot.status}`);
  };
  const html = [client.task("t-1"), "t-1", { id: "t-1", seconds: 5 }, null, undefined].map((of) => renderToString(createElement(Take, { of })));
  assert.deepEqual(html, [...Array(3).fill("<p>t-1 unknown</p>"), "<p>no task</p>", "<p>no task</p>"]);
  assert.equal(provider.calls.length, 0);
  const Lost = () => createElement("p", null, useTask("t-1").status);
  assert.throws(() => renderToString(createElement(Lost)), /whom to ask/);
});

test("in a page: each look is shown, and leaving ends the looks", async () => {
  const found = await inPage(async () => {
    const { createElement, createRoot, StrictMode, FakeProvider, Take, clientOf, until, rendered } = kit;
    const provider = new FakeProvider({ reads: ["queued", { status: "processing", progress_percent: 40 }, "succeeded"] });
    const task = await clientOf(provider).textToVideo.create({ prompt: "A fox" });
    const root = createRoot(document.getElementById("root"));
    root.render(createElement(StrictMode, null, createElement(Take, { of: task })));
    await until("mp4");
    const reads = provider.count("read");
    const seen = [...new Set(rendered)].map(({ status, progress_percent }) => `${status} ${progress_percent}`);
    root.unmount();
    const again = createRoot(document.getElementById("root"));
    again.render(createElement(Take, { of: task }));
    await until("mp4");
    return { reads, seen, readsAtLast: provider.count("read"), aborted: provider.calls.some((call) => call.aborted) };
  });
  const seen = ["unknown null", "queued 0", "processing 40", "succeeded 0"];
  assert.deepEqual(found, { reads: 3, seen, readsAtLast: 3, aborted: false });
});

test("in a page: an id and its client, another id, and none", async () => {
  const found = await inPage(async () => {
    const { createElement, createRoot, FakeProvider, Take, clientOf, until, rendered } = kit;
    const provider = new FakeProvider({ reads: [{ status: "processing", progress_percent: 1 }, { status: "processing", progress_percent: 2 }] });
    const client = clientOf(provider);
    const [one, two] = await Promise.all(["A fox", "A crow"].map((prompt) => client.textToVideo.create({ prompt })));
    const root = createRoot(document.getElementById("root"));
    const show = (of) => root.render(createElement(Take, { of, client }));
    show(one.id);
    await until("processing 2");
    // A new object at every render is the same task still.
    show({ id: one.id });
    await until("processing 2");
    provider.say(two.id, { status: "failed", reason: "No." });
    show(two.toJSON());
    await until("task_failed");
    show(null);
    await until("no task");
    const { length } = provider.calls;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return { later: provider.calls.length - length, alerts: rendered.at(-1) };
  });
  assert.deepEqual(found, { later: 0, alerts: null });
});

test("in a page: taking over what a server rendered, though more is known by then", async () => {
  const found = await inPage(async () => {
    const { createElement, hydrateRoot, FakeProvider, Take, clientOf, until } = kit;
    const provider = new FakeProvider({ reads: ["succeeded"] });
    const task = await clientOf(provider).textToVideo.create({ prompt: "A fox" });
    const shown = document.createElement("div");
    kit.createRoot(shown).render(createElement(Take, { of: task }));
    while (shown.textContent !== "mp4") await new Promise((resolve) => setTimeout(resolve, 500));
    const element = document.getElementById("root");
    element.innerHTML = "<p>unknown -</p>";
    const node = element.firstChild;
    hydrateRoot(element, createElement(Take, { of: task }));
    await until("mp4");
    return node === element.firstChild;
  });
  assert.equal(found, true, "the server's element was kept");
});

test("the stand-in's video plays, with the length and shape that were asked for", async () => {
  const found = await inPage(async () => {
    const { FakeProvider, clientOf } = kit;
    const provider = new FakeProvider({ reads: ["succeeded"] });
    const rows = [];
    for (const [aspect_ratio, duration] of [["16:9", 3], ["9:16", 15], ["1:1", 7]]) {
      const { videos } = await clientOf(provider).textToVideo.create({ prompt: "A fox", duration, aspect_ratio }).result();
      const video = document.createElement("video");
      video.muted = true;
      video.src = URL.createObjectURL(await videos[0].blob());
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => reject(new Error(video.error.message));
      });
      rows.push([video.duration, video.videoWidth, video.videoHeight]);
    }
    return rows;
  });
  assert.deepEqual(found, [[3, 1280, 720], [15, 720, 1280], [7, 720, 720]]);
});

test("neither the hook nor the store brings the client or the WebAssembly with it", () => {
  const imports = (name) => [...readFileSync(join(folder, "dist", name), "utf8").matchAll(/from "([^"]+)"/g)].map(([, from]) => from);
  assert.deepEqual([imports("observe.js"), imports("react.js")], [[], ["react", "rushes/observe"]]);
  assert.doesNotMatch(readFileSync(join(folder, "dist/index.js"), "utf8"), /FakeProvider|useSyncExternalStore|vercel/);
});

test("both builds keep the mark of client components", async () => {
  for (const name of ["react.js", "react.cjs"]) {
    assert.match(readFileSync(join(folder, "dist", name), "utf8"), /^("use strict";\s*)?"use client";/, name);
  }
  assert.equal(typeof createRequire(join(place, "package.json"))("rushes/react").useTask, "function");
});
