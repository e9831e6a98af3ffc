// The packed tarball in each runtime that is not a browser, by `import`, by `require` and as a command: no flag, no file
// of configuration.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { install, pinned, version } from "./support/consumer.mjs";
import { COMMONJS, MODULE, judge } from "./support/job.mjs";
import { output } from "./support/program.mjs";
import { startService } from "./support/service.mjs";

const NODES = ["18", "20", "22", "24", "26"];
const here = `${process.platform}-${process.arch}`;

/** The table: what runs, and with which arguments before the file's name. */
const RUNTIMES = [
  ...NODES.map((line) => ({ name: "Node", from: `node-${line}-${here}`, program: "bin/node", args: [] })),
  {
    name: "Deno",
    from: `@deno/${here}-glibc`,
    program: "deno",
    // No right to read the environment: the package must do without.
    args: ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-read=."],
  },
  { name: "Bun", from: `@oven/bun-${here.replace("arm64", "aarch64")}`, program: "bin/bun", args: [] },
];

const PROGRAMS = {
  import: {
    "job.mjs": MODULE,
    "main.mjs": `import { check, estimate, inspectImage, Rushes, RushesError } from "rushes";
import { job, outcome } from "./job.mjs";
const rushes = { check, estimate, inspectImage, Rushes, RushesError };
console.log(JSON.stringify(await outcome(job(rushes, process.argv.at(-1)))));
`,
  },
  require: {
    "job.cjs": COMMONJS,
    "main.cjs": `const { check, estimate, inspectImage, Rushes, RushesError } = require("rushes");
const { job, outcome } = require("./job.cjs");
const rushes = { check, estimate, inspectImage, Rushes, RushesError };
outcome(job(rushes, process.argv.at(-1))).then((said) => console.log(JSON.stringify(said)));
`,
  },
};

let service;
before(async () => void (service = await startService()));
after(() => service?.stop());

describe("a video, from request to file", { concurrency: 2 }, () => {
  for (const { name, from, program, args } of RUNTIMES) {
    // The registry carries these for Linux; elsewhere one has what one has.
    const skip = process.platform === "linux" || existsSync(pinned(from)) ? false : `${from} does not exist`;
    for (const [way, files] of Object.entries(PROGRAMS)) {
      test(`${name} ${skip ? "" : version(from)}, ${way}`, { skip }, async (t) => {
        const consumer = await install(way === "import" ? "module" : "commonjs", files);
        t.after(consumer.remove);
        const file = Object.keys(files).find((file) => file.startsWith("main"));
        const printed = await output(consumer.folder, pinned(`${from}/${program}`), [...args, file, service.url]);
        judge(assert, t, JSON.parse(printed));
      });
    }
    if (name === "Deno") continue;
    test(`${name} ${skip ? "" : version(from)}, the command`, { skip }, async (t) => {
      const consumer = await install("commonjs");
      t.after(consumer.remove);
      const make = ["make", "--prompt", "A fox", "--duration", "3", "--base-url", service.url, "--out", "fox.mp4", "--json"];
      const command = ["node_modules/.bin/rushes", ...make];
      const printed = await output(consumer.folder, pinned(`${from}/${program}`), [...args, ...command]);
      const last = JSON.parse(printed.trim().split("\n").at(-1));
      assert.deepEqual([last.event, last.files], ["result", ["fox.mp4"]]);
      assert.equal(readFileSync(`${consumer.folder}/fox.mp4`).toString("latin1", 4, 8), "ftyp");
      t.diagnostic(last.videos[0].url);
    });
  }
});
