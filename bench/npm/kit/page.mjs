// Headless Chromium, and a small server for what its pages load.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

import { needed } from "./settings.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  // A page must be able to ask for a clean heap before it is measured.
  "--js-flags=--expose-gc",
];

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript" };

/** Starts the browser. */
export const launch = () => chromium.launch({ executablePath: needed("RUSHES_CHROMIUM"), args: FLAGS });

/**
 * Serves the files of a folder, and an empty page at `/`, cross-origin isolated: a page that is not gets a clock that
 * is twenty times as coarse. `POST /drain` reads a body to its end and answers with how many bytes it had.
 */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
    const headers = { ...isolated, "cache-control": "no-store" };
    if (request.method === "POST") return drain(request, response, headers);
    if (pathname === "/") {
      return response.writeHead(200, { ...headers, "content-type": "text/html" }).end("<!doctype html><title>bench</title>");
    }
    const file = join(folder, normalize(pathname));
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404, headers).end();
    response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers as the provider would, once the whole body is there. */
function drain(request, response, headers) {
  let bytes = 0;
  request.on("data", (chunk) => {
    bytes += chunk.length;
  });
  request.on("end", () => {
    response.writeHead(200, { ...headers, "content-type": "application/json" });
    response.end(JSON.stringify({ task_id: `drained-${bytes}`, bytes }));
  });
}

/** Does something with a page of its own, in a context of its own (so: its own process, no cache), and closes it. */
export async function onPage(browser, url, work) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(url);
    return await work(page);
  } finally {
    await context.close();
  }
}
