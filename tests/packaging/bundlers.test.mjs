// The packed tarball through each bundler, as it is when one has just installed it: no configuration but what a bundler
// cannot do without. What comes out is loaded by a browser under a strict Content-Security-Policy.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { browser as startBrowser, open, said } from "./support/browser.mjs";
import { installNear, pinned, version, write } from "./support/consumer.mjs";
import { MODULE, judge } from "./support/job.mjs";
import { output, started } from "./support/program.mjs";
import { startService } from "./support/service.mjs";
import { folder, policy, serve } from "./support/site.mjs";

const MAIN = `import { check, estimate, inspectImage, Rushes, RushesError } from "rushes";
import { job, outcome } from "./job.js";
const rushes = { check, estimate, inspectImage, Rushes, RushesError };
globalThis.said = outcome(job(rushes, new URL(location.href).searchParams.get("base")));
`;
const page = (script) => `<!doctype html><title>Consumer</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;
const vite = (bundler, ...args) => ({
  from: bundler,
  script: "bin/vite.js",
  args,
  files: { "index.html": page("/main.js"), "main.js": MAIN, "job.js": MODULE },
});
const webpack = (bundler) => ({
  from: bundler,
  tool: "webpack-cli",
  script: "bin/cli.js",
  args: ["build"],
  env: { WEBPACK_PACKAGE: bundler },
  files: { "src/index.js": MAIN, "src/job.js": MODULE },
});
const flat = { "main.js": MAIN, "job.js": MODULE };

/** The table: what a developer types, and in which files. Each but the development servers fills `dist/`. */
const BUNDLERS = [
  { name: "Vite, build", ...vite("vite", "build") },
  { name: "Vite, dev", ...vite("vite", "--host", "127.0.0.1"), serves: /Local:\s+(http:\S+)/ },
  { name: "Vite, build", ...vite("vite-5", "build") },
  { name: "Vite, dev", ...vite("vite-5", "--host", "127.0.0.1"), serves: /Local:\s+(http:\S+)/ },
  { name: "webpack", ...webpack("webpack") },
  { name: "webpack", ...webpack("webpack-5.91") },
  {
    name: "Rollup",
    from: "rollup",
    script: "dist/bin/rollup",
    // Rollup finds no package without this plugin.
    args: ["main.js", "--plugin", "node-resolve", "--dir", "dist"],
    files: flat,
  },
  { name: "esbuild", from: "esbuild", script: "bin/esbuild", args: ["main.js", "--bundle", "--outdir=dist"], files: flat },
  {
    name: "Bun",
    from: `@oven/bun-${process.platform}-${process.arch.replace("arm64", "aarch64")}`,
    program: "bin/bun",
    args: ["build", "main.js", "--outdir", "dist"],
    files: flat,
  },
];

let service, browser;
before(async () => {
  service = await startService();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

describe("a page makes a video from picture to file", () => {
  for (const bundler of BUNDLERS) {
    test(`${bundler.name} ${version(bundler.from)}`, async (t) => {
      const consumer = await installNear("module", bundler.files);
      t.after(consumer.remove);
      const site = await (bundler.serves === undefined ? built : developed)(bundler, consumer.folder);
      t.after(site.stop);
      const { page, errors } = await open(t, browser, `${site.url}?base=${encodeURIComponent(service.url)}`);
      judge(assert, t, await said(page, errors));
      assert.deepEqual(errors, []);
    });
  }
});

/** The program of a bundler and what comes before its arguments. */
function command({ from, tool = from, script, program }) {
  return program === undefined ? [process.execPath, [pinned(`${tool}/${script}`)]] : [pinned(`${tool}/${program}`), []];
}

/** Builds, and serves what was built. */
async function built(bundler, consumer) {
  const [program, before] = command(bundler);
  await output(consumer, program, [...before, ...bundler.args], bundler.env);
  const dist = join(consumer, "dist");
  if (!("index.html" in bundler.files)) write(dist, { "index.html": page("/main.js") });
  return serve(folder(dist, policy(service.url)));
}

/** Starts the bundler's own server. */
function developed(bundler, consumer) {
  const [program, before] = command(bundler);
  return started(consumer, program, [...before, ...bundler.args], bundler.serves, bundler.env);
}
