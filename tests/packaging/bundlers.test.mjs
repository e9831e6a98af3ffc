// The packed tarball through each bundler; a browser loads what comes out, under a strict Content-Security-Policy.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, open, said } from "./support/browser.mjs";
import { BUNDLERS, build, develop, mainOf, project, scripts } from "./support/bundlers.mjs";
import { entriesOf, version, write } from "./support/consumer.mjs";
import { MODULE, judge } from "./support/job.mjs";
import { output } from "./support/program.mjs";
import { startService } from "./support/service.mjs";
import { folder, policy, serve } from "./support/site.mjs";

const MAIN = `import { check, estimate, inspectImage, Rushes, RushesError } from "rushes";
import { job, outcome } from "./job.js";
const rushes = { check, estimate, inspectImage, Rushes, RushesError };
globalThis.said = outcome(job(rushes, new URL(location.href).searchParams.get("base")));
`;

let service, browser;
before(async () => {
  service = await startService();
  browser = await BROWSERS.Chromium();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

/** Opens the page of a project: built and served, or by the bundler's own server. */
async function visit(t, bundler, consumer) {
  const site = await (bundler.serves === undefined
    ? serve(folder(await build(bundler, consumer), policy(service.url)))
    : develop(bundler, consumer));
  t.after(site.stop);
  return open(t, browser, `${site.url}?base=${encodeURIComponent(service.url)}`);
}

describe("a page makes a video from picture to file", () => {
  for (const bundler of BUNDLERS) {
    test(`${bundler.name} ${version(bundler.from)}`, async (t) => {
      const consumer = await project(bundler, MAIN, { "job.js": MODULE });
      t.after(consumer.remove);
      const visited = await visit(t, bundler, consumer.folder);
      judge(assert, t, await said(visited));
      assert.deepEqual(visited.errors, []);
    });
  }
});

/** Words of the client that no bundler renames, and what only the WebAssembly module brings. */
const CLIENT = ["NOVITA_API_KEY", "dangerouslyAllowBrowser", "visibilitychange"];
const WASM = ["WebAssembly.Module("];

/** What a page imports, and what must not come along. */
const PARTS = [
  { names: ["check"], absent: CLIENT },
  { names: ["estimate", "schemas"], absent: CLIENT },
  { names: ["inspectImage"], absent: CLIENT },
  { names: ["RushesError"], absent: [...CLIENT, ...WASM] },
  { names: [], absent: [...CLIENT, ...WASM] },
];

describe("only what is imported comes along", () => {
  for (const bundler of BUNDLERS.filter(({ serves, older }) => serves === undefined && !older)) {
    test(`${bundler.name} ${version(bundler.from)}`, async (t) => {
      const consumer = await project(bundler, "");
      t.after(consumer.remove);
      const bundled = async (names) => {
        const text = names.length > 0 ? `import { ${names} } from "rushes"; globalThis.kept = [${names}];` : 'import "rushes";';
        write(consumer.folder, { [mainOf(bundler)]: text });
        return scripts(await build(bundler, consumer.folder));
      };
      const found = (text, words) => words.filter((word) => text.includes(word));
      const all = [...CLIENT, ...WASM];
      assert.deepEqual(found(await bundled(["Rushes"]), all), all);
      for (const { names, absent } of PARTS) {
        const text = await bundled(names);
        assert.deepEqual(found(text, absent), [], `import { ${names} }`);
        t.diagnostic(`{ ${names} }: ${text.length} characters`);
      }
    });
  }
});

/** Its folder of files is Node's, so no page has a use for it; that Node loads it is seen in `loading.test.mjs`. */
const FOR_NODE = "rushes/store/node";

describe("every entry point comes through, with all its names", () => {
  for (const bundler of BUNDLERS.filter(({ older }) => !older)) {
    test(`${bundler.name} ${version(bundler.from)}`, async (t) => {
      const consumer = await project(bundler, "");
      t.after(consumer.remove);
      const entries = entriesOf(consumer.folder).filter((name) => name !== FOR_NODE);
      const imports = entries.map((name, at) => `import * as entry${at} from "${name}";`).join("\n");
      const names = `[${entries.map((name, at) => `["${name}", Object.keys(entry${at}).sort()]`)}]`;
      write(consumer.folder, {
        [mainOf(bundler)]: `${imports}\nglobalThis.said = ${names};`,
        "names.mjs": `${imports}\nconsole.log(JSON.stringify(${names}));`,
      });
      const expected = JSON.parse(await output(consumer.folder, process.execPath, ["names.mjs"]));
      assert.ok(expected.every(([, names]) => names.length > 0));
      const visited = await visit(t, bundler, consumer.folder);
      assert.deepEqual(await said(visited), expected);
      assert.deepEqual(visited.errors, []);
    });
  }
});
