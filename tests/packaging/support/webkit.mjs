// WebKit, Safari's engine, driven over WebDriver: as much of puppeteer's interface as these tests use.

import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { started } from "./program.mjs";

/** How long the driver may take to listen, and how often it is asked. */
const [PATIENCE_MS, PAUSE_MS] = [20_000, 100];

/** Starts the driver on a screen of its own. Each context is a session, with a browser of its own. */
export async function launch(driver) {
  const screen = await started(tmpdir(), "Xvfb", ["-displayfd", "1", "-nolisten", "tcp"], /^(\d+)$/);
  const port = await freePort();
  const environment = {
    DISPLAY: `:${screen.url}`,
    LIBGL_ALWAYS_SOFTWARE: "1",
    // The sandbox asks for rights that a container has not; the pages are the tests' own.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  };
  const service = await started(tmpdir(), driver, ["--host=127.0.0.1", `--port=${port}`], null, environment);
  const call = caller(`http://127.0.0.1:${port}`);
  const close = async () => {
    await service.stop();
    await screen.stop();
  };
  try {
    await listening(call);
  } catch (error) {
    await close();
    throw error;
  }
  let version = "";
  return {
    close,
    version: async () => version,
    createBrowserContext: async () => {
      const { sessionId, capabilities } = await call("POST", "/session", { capabilities: {} });
      version = `WebKit/${capabilities.browserVersion}`;
      const session = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
      await session("POST", "/timeouts", { script: 120_000 });
      return { newPage: async () => page(session), close: () => session("DELETE", "") };
    },
  };
}

/** One page: what puppeteer's has under the same names. Errors of a page cannot be heard from outside. */
function page(session) {
  const evaluate = async (work, ...args) => {
    const script = `const [work, done] = [${work}, arguments[arguments.length - 1]];
Promise.resolve().then(() => work(...Array.prototype.slice.call(arguments, 0, -1)))
  .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await session("POST", "/execute/async", { script, args });
    if (error !== undefined) throw new Error(error);
    return value;
  };
  return {
    evaluate,
    goto: (url) => session("POST", "/url", { url }),
    on: () => {},
    waitForFunction: async (work, { timeout }, ...args) => {
      for (const end = Date.now() + timeout; !(await evaluate(work, ...args)); await sleep(PAUSE_MS)) {
        if (Date.now() > end) throw new Error(`this was never so: ${work}`);
      }
    },
  };
}

/** Calls the driver; its errors are thrown. */
function caller(origin) {
  return async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
}

async function listening(call) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await call("GET", "/status");
    } catch (cause) {
      if (Date.now() > end) throw new Error("WebKit's driver does not listen", { cause });
      await sleep(PAUSE_MS);
    }
  }
}

/** A port that nobody uses now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
