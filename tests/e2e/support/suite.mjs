// What the tests of a file stand on: a folder, servers and a browser, there before the first and gone after the last.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";

import { launchBrowser, openStudio } from "./browser.mjs";
import { startServer } from "./server.mjs";

/**
 * Starts what the tests of a file need, one after another, and stops it in the reverse order, each of it even where
 * another fails to stop.
 *
 * `folder` says whether they need a temporary one; `server` starts what serves the page, null where nothing does. Any
 * other name is something more to start or to make, given what stands by then; it is stopped if it has a `stop()`.
 * Within the tests all of it is found under its name, and `browser` besides; `origin` is the server's, `open` opens its
 * page (see `openStudio`).
 */
export function suite({ folder = false, server = () => startServer(), ...others } = {}) {
  const stops = [];
  const at = {
    get origin() {
      return at.server.origin;
    },
    open: (options) => openStudio(at.browser, at.origin, options),
  };

  async function start(name, make, stop = (made) => made.stop?.()) {
    const made = await make(at);
    at[name] = made;
    stops.unshift(async () => stop(made));
  }

  before(async () => {
    if (folder) await start("folder", makeFolder, (path) => rm(path, { recursive: true, force: true }));
    if (server) await start("server", server);
    for (const [name, make] of Object.entries(others)) await start(name, make);
    await start("browser", launchBrowser, (browser) => browser.close());
  });
  after(async () => {
    const failures = [];
    for (const stop of stops) await stop().catch((failure) => failures.push(failure));
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, failures.map(({ stack }) => stack).join("\n"));
  });
  return at;
}

const makeFolder = () => mkdtemp(join(tmpdir(), "rushes-tests-"));
