// The packed tarball in a Next.js application, built and started with no configuration: in a component of the server, in
// one of the client (which the server renders first), and in a route of the edge runtime.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, open } from "./support/browser.mjs";
import { installNear, pinned, version } from "./support/consumer.mjs";
import { MODULE, judge } from "./support/job.mjs";
import { output, started } from "./support/program.mjs";
import { startService } from "./support/service.mjs";

const HEAD = `import { check, estimate, inspectImage, Rushes, RushesError } from "rushes";
import { job, outcome } from "../job.js";
const rushes = { check, estimate, inspectImage, Rushes, RushesError };
`;
const FILES = {
  "app/layout.jsx": `const icon = <link rel="icon" href="data:," />;
export default ({ children }) => <html lang="en"><head>{icon}</head><body>{children}</body></html>;
`,
  "app/job.js": MODULE,
  "app/server/page.jsx": `${HEAD}export default async function Page({ searchParams }) {
  const { base } = await searchParams;
  return <pre id="said">{JSON.stringify(await outcome(job(rushes, base)))}</pre>;
}
`,
  "app/client/page.jsx": `"use client";
import { useEffect, useState } from "react";
${HEAD}export default function Page() {
  const [said, say] = useState(null);
  useEffect(() => void outcome(job(rushes, new URL(location.href).searchParams.get("base"))).then(say), []);
  return <pre id={said === null ? "waiting" : "said"}>{JSON.stringify(said)}</pre>;
}
`,
  "app/hook/page.jsx": `"use client";
import { useEffect, useState } from "react";
import { Rushes } from "rushes";
import { useTask } from "rushes/react";
export default function Page() {
  const [task, show] = useState(null);
  useEffect(() => {
    const client = new Rushes({ baseURL: new URL(location.href).searchParams.get("base"), apiKey: null });
    void client.textToVideo.create({ prompt: "A fox", duration: 3 }).then(show);
  }, []);
  const seen = useTask(task);
  return seen?.videos ? <pre id="said">{seen.videos[0].url}</pre> : <p>{seen?.status}</p>;
}
`,
};
const EDGE = {
  "app/edge/route.js": `${HEAD}export const runtime = "edge";
export const GET = async (request) => Response.json(await outcome(job(rushes, new URL(request.url).searchParams.get("base"))));
`,
};
const NEXT = pinned("next/dist/bin/next");

let service, browser;
before(async () => {
  service = await startService();
  browser = await BROWSERS.Chromium();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Next 16.4 with webpack cannot build any route of the (deprecated) edge runtime, not even an empty one. */
const BUNDLERS = [
  { bundler: "Turbopack", flags: [], files: { ...FILES, ...EDGE } },
  { bundler: "webpack", flags: ["--webpack"], files: FILES },
];

for (const { bundler, flags, files } of BUNDLERS) {
  describe(`Next.js ${version("next")}, ${bundler}: a video from picture to file`, () => {
    let consumer, site;
    before(async () => {
      consumer = await installNear("module", files);
      await output(consumer.folder, process.execPath, [NEXT, "build", ...flags]);
      const start = [NEXT, "start", "--hostname", "127.0.0.1", "--port", "0"];
      site = await started(consumer.folder, process.execPath, start, /Local:\s+(http:\S+)/);
    });
    after(async () => {
      await site?.stop();
      consumer?.remove();
    });

    const address = (path) => `${site.url}/${path}?base=${encodeURIComponent(service.url)}`;

    for (const place of ["server", "client"]) {
      test(`a component of the ${place}`, async (t) => {
        const { text, errors } = await shown(t, address(place));
        judge(assert, t, JSON.parse(text));
        assert.deepEqual(errors, []);
      });
    }

    test("the hook of rushes/react", async (t) => {
      const { text, errors } = await shown(t, address("hook"));
      assert.ok(text.startsWith(`${service.url}/files/`), text);
      assert.deepEqual(errors, []);
    });

    if ("app/edge/route.js" in files) {
      test("a route of the edge runtime", async (t) => {
        const answer = await fetch(address("edge"));
        assert.equal(answer.status, 200);
        judge(assert, t, await answer.json());
      });
    }
  });
}

/** What a page shows in the end. */
async function shown(t, address) {
  const { page, errors } = await open(t, browser, address);
  const element = await page.waitForSelector("#said", { timeout: 60_000 });
  return { text: await element.evaluate((element) => element.textContent), errors };
}
