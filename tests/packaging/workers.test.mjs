// The packed tarball on Cloudflare's workerd, as `wrangler dev` bundles and runs it: at old compatibility dates,
// where a worker may never compile WebAssembly itself, and at a new one.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { installNear, pinned, version } from "./support/consumer.mjs";
import { MODULE, judge } from "./support/job.mjs";
import { started } from "./support/program.mjs";
import { startService } from "./support/service.mjs";

const FILES = {
  "job.js": MODULE,
  "worker.js": `import { check, estimate, inspectImage, Rushes, RushesError } from "rushes";
import { job, outcome } from "./job.js";
const rushes = { check, estimate, inspectImage, Rushes, RushesError };
export default {
  async fetch(request) {
    return Response.json(await outcome(job(rushes, new URL(request.url).searchParams.get("base"))));
  },
};
`,
};
const DATES = ["2021-11-02", "2025-05-01", "2026-11-01"];

/** Wrangler wants a Node of its own age. */
const newer = pinned(`node-24-${process.platform}-${process.arch}/bin/node`);
const node = existsSync(newer) ? newer : process.execPath;

let service;
before(async () => void (service = await startService()));
after(() => service?.stop());

describe("a worker makes a video from picture to file", () => {
  for (const date of DATES) {
    test(`workerd ${version("workerd")} (wrangler ${version("wrangler")}), compatibility date ${date}`, async (t) => {
      const consumer = await installNear("module", FILES);
      t.after(consumer.remove);
      const dev = ["dev", "worker.js", "--name", "consumer", "--compatibility-date", date, "--ip", "127.0.0.1", "--port", "0"];
      const site = await started(
        consumer.folder,
        node,
        [pinned("wrangler/bin/wrangler.js"), ...dev],
        /Ready on (http:\S+)/,
        // Its notes and logs stay in the consumer's folder.
        { HOME: consumer.folder, XDG_CONFIG_HOME: consumer.folder },
      );
      t.after(site.stop);
      const answer = await fetch(`${site.url}?base=${encodeURIComponent(service.url)}`);
      assert.equal(answer.status, 200);
      judge(assert, t, await answer.json());
    });
  }
});
