// How the packed package behaves when the provider does not: our column of the table that `cargo xtask bench npm`
// makes, against the same faulty server.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { nowhere } from "../../bench/npm/behaviour/nowhere.mjs";
import { observe } from "../../bench/npm/behaviour/observe.mjs";
import { SCENARIOS } from "../../bench/npm/behaviour/scenarios.mjs";
import { BROWSERS, open, said } from "./support/browser.mjs";
import { install } from "./support/consumer.mjs";
import { serve } from "./support/site.mjs";

const ODD = "RESTING";

/** What must come of each scenario, judged by what was observed. */
const EXPECTED = {
  "post-500": (observed) => sentOnceAndUnsure(observed),
  "post-503": (observed) => sentOnceAndUnsure(observed),
  "post-reset": (observed) => sentOnceAndUnsure(observed),
  "post-429": ({ resolved, seen }) => {
    assert.equal(resolved, "a result");
    assert.equal(seen.posts.length, 2);
    const gap = seen.posts[1] - seen.posts[0];
    assert.ok(gap >= 3000, `sent again after ${gap} ms, before the 3 s it was told to wait`);
  },
  "post-400": ({ rejected, seen }) => {
    assert.deepEqual([rejected?.name, rejected?.kind], ["RushesError", "invalid"]);
    assert.equal(seen.posts.length, 1);
  },
  "read-503": ({ resolved, seen }) => {
    assert.equal(resolved, "a result");
    assert.deepEqual(states(seen), ["working", 503, "done"]);
    assert.equal(seen.posts.length, 1);
  },
  "read-odd": ({ resolved, seen, statuses }) => {
    assert.equal(resolved, "a result");
    assert.deepEqual(states(seen), ["odd", "odd", "done"]);
    assert.deepEqual(statuses.slice(0, 2), [ODD, ODD], "a status nobody knows is shown as it is");
  },
  "abort-midway": ({ rejected, seen }) => {
    assert.equal(rejected?.name, "AbortError");
    assert.equal(seen.reads.length, 1, "nothing is read after the abort");
    assert.deepEqual([seen.posts.length, seen.cancels], [1, 0]);
  },
  "abort-before": ({ rejected, seen }) => {
    assert.equal(rejected?.name, "AbortError");
    assert.deepEqual([seen.posts.length, seen.reads.length], [0, 0]);
  },
};

let consumer, browser;
before(async () => {
  [consumer, browser] = await Promise.all([install("module"), BROWSERS.Chromium()]);
});
after(async () => {
  await browser?.close();
  consumer?.remove();
});

test("every scenario has an expectation", () => {
  assert.deepEqual(Object.keys(EXPECTED).sort(), Object.keys(SCENARIOS).sort());
});

for (const [scenario, judge] of Object.entries(EXPECTED)) {
  test(SCENARIOS[scenario]?.title ?? scenario, async () => {
    const observed = await observe("rushes", scenario, join(consumer.folder, "node_modules/rushes/dist/index.js"));
    assert.equal(observed.crashed, undefined, `${observed.crashed}:\n${observed.stderr}`);
    judge(observed);
    assertNamed(observed.seen);
  });
}

test("nobody at the other end, in a page of Chromium", async (t) => {
  const file = join(consumer.folder, "node_modules/rushes/dist/index.js");
  const pages = {
    "/": { text: '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>' },
    "/rushes.js": { file },
    "/page.js": {
      text: `import { Rushes } from "/rushes.js";
let posts = 0;
const counting = (url, init) => {
  posts += init.method === "POST" ? 1 : 0;
  return fetch(url, init);
};
const rushes = new Rushes({ baseURL: "${await nowhere()}", fetch: counting });
globalThis.said = rushes.textToVideo.create({ prompt: "A fox" }).then(
  () => "created",
  ({ name, kind }) => ({ name, kind, posts }),
);`,
    },
  };
  const site = await serve((path) => pages[path]);
  t.after(site.stop);
  // A page is never told whether its request left, so nothing is sent again, and nothing is claimed.
  assert.deepEqual(await said(await open(t, browser, site.url)), { name: "RushesError", kind: "unsure", posts: 1 });
});

/** The server is one's own (a loopback address), so every `POST` names its intent, and all of one intent alike. */
function assertNamed({ posts, keys }) {
  assert.equal(keys.length, posts.length, "every POST to a server of one's own has a key");
  assert.ok(new Set(keys).size <= 1, "an intent sent again keeps its key");
}

function sentOnceAndUnsure({ rejected, seen }) {
  assert.equal(seen.posts.length, 1, "what may have been paid for is never sent again");
  assert.deepEqual([rejected?.name, rejected?.kind], ["RushesError", "unsure"]);
}

const states = (seen) => seen.reads.map(({ state }) => state);
