// The schemas that are handed out: valid by their own standards, at one with `check`, and the same as the server's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";

import { folder, png, rushes } from "./kit.mjs";
import { withServer } from "./server.mjs";

const read = (name) => JSON.parse(readFileSync(join(folder, "schema", name), "utf8"));
const ENDPOINTS = ["text-to-video", "image-to-video"];
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const validators = Object.fromEntries(ENDPOINTS.map((name) => [name, ajv.compile(read(`${name}.json`))]));

// What only `check` can say: sums, and what an image source is beyond its beginning.
const BEYOND = new Set(["duration_mismatch", "bad_image_source", "image_format", "image_unreadable", "image_too_big", "image_too_small", "image_ratio"]);
const isBeyond = ({ code, path }) => BEYOND.has(code) || (code === "out_of_range" && path === "/multi_prompt");

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed) {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const oneOf = (values) => values[Math.floor(roll() * values.length)];
  return { roll, oneOf };
}

const WHITE = [..."\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2003\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\ud800"];
const image = `data:image/png;base64,${Buffer.from(png(640, 480)).toString("base64")}`;
const SOUND = {
  prompt: ["A fox", "漢", "x".repeat(2500), "😀".repeat(2500)],
  negative_prompt: ["", "blur"],
  duration: [3, 5, 8, 15],
  cfg_scale: [0, 0.5, 1, -0],
  aspect_ratio: ["16:9", "9:16", "1:1"],
  sound: [true, false],
  image: [image, image.slice(22), "https://e.x/a.png", "HTTPS://e.x?q#f", "http://münchen.de:80/ä@b"],
  end_image: ["https://e.x/b.jpg", image],
};
const ODD = [
  ...[null, true, 3, 16, 5.5, -1, 1e300, "5", "", "4:3", [], {}, [1], { prompt: "p" }, "x".repeat(2501), "😀".repeat(2501)],
  ...["fox.png", "https://", "https://u:p@e.x/", "https://e.x/a b", "https://e.x:99999/", "ftp://e.x", "data:image/png,x", "R0lGODlh"],
  ...["data:;BASE64,/9j/", Buffer.from(png(64, 480)).toString("base64")],
];

function fieldOf({ roll, oneOf }, name) {
  if (roll() < 0.12) return oneOf(ODD);
  if (name.includes("prompt") && roll() < 0.1) return Array.from({ length: Math.floor(roll() * 5) }, () => oneOf(WHITE)).join("");
  return oneOf(SOUND[name]);
}

function requestOf(random, endpoint) {
  const { roll, oneOf } = random;
  if (roll() < 0.01) return oneOf(ODD);
  const request = {};
  const fields = endpoint === "text-to-video" ? ["aspect_ratio"] : ["image", "end_image", "multi_prompt"];
  for (const name of ["prompt", "negative_prompt", "duration", "cfg_scale", "sound", ...fields]) {
    const likely = { prompt: 0.97, image: 0.97, end_image: 0.15, multi_prompt: 0.4 }[name] ?? 0.4;
    if (roll() > likely) continue;
    request[name] = name === "multi_prompt" ? shotsOf(random) : fieldOf(random, name);
  }
  if (roll() < 0.04) request[oneOf(["seed", "image_url", "aspect_ratio", "image", "multi_prompt"])] = oneOf(ODD.slice(1));
  return request;
}

function shotsOf(random) {
  const { roll, oneOf } = random;
  if (roll() < 0.1) return oneOf(ODD);
  return Array.from({ length: Math.floor(roll() * 4) + (roll() < 0.05 ? 3 : 0) }, () => {
    if (roll() < 0.05) return oneOf(ODD);
    const shot = { prompt: fieldOf(random, "prompt") };
    if (roll() < 0.7) shot.duration = roll() < 0.8 ? 3 : fieldOf(random, "duration");
    if (roll() < 0.02) shot.image = oneOf(ODD.slice(1));
    return shot;
  });
}

for (const endpoint of ENDPOINTS) {
  test(`the schema and check agree on thousands of ${endpoint} requests`, () => {
    const random = dice(4711);
    const count = { taken: 0, refused: 0, beyond: 0 };
    for (let round = 0; round < 4000; round++) {
      const request = requestOf(random, endpoint);
      const bySchema = validators[endpoint](request);
      const found = rushes.check(endpoint, request);
      const shown = () => `${JSON.stringify(request)?.slice(0, 500)}\n${ajv.errorsText(validators[endpoint].errors)}`;
      if (found.ok) {
        assert.ok(bySchema, `check takes, the schema refuses ${shown()}`);
        count.taken++;
      } else if (bySchema) {
        const missed = found.issues.filter((issue) => issue.severity === "error" && !isBeyond(issue));
        assert.deepEqual(missed, [], `the schema takes ${shown()}`);
        count.beyond++;
      } else count.refused++;
    }
    assert.ok(count.taken > 500 && count.refused > 500, JSON.stringify(count));
    assert.ok(endpoint === "text-to-video" ? count.beyond === 0 : count.beyond > 50, JSON.stringify(count));
  });
}

test("an image of many megabytes is no trouble for the schema's pattern", () => {
  const large = Buffer.from(png(640, 480, 10 * 1024 * 1024)).toString("base64");
  for (const source of [large, `data:image/png;base64,${large}`]) {
    assert.equal(validators["image-to-video"]({ image: source, prompt: "p" }), true);
  }
});

test("the OpenAPI document is valid, and describes the three routes", async () => {
  const document = read("openapi.json");
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(document.openapi, "3.1.0");
  const routes = Object.entries(document.paths).map(([path, methods]) => `${Object.keys(methods)} ${path}`);
  assert.deepEqual(routes, [
    "post /v3/async/kling-v3.0-std-t2v",
    "post /v3/async/kling-v3.0-std-i2v",
    "get /v3/async/task-result",
  ]);
  assert.deepEqual(document.servers, [{ url: "https://api.novita.ai" }]);
});

test("the server describes the same, but for its address and that it may need no key", () =>
  withServer(async (url) => {
    const ours = read("openapi.json");
    const theirs = await (await fetch(`${url}/openapi.json`)).json();
    const common = ({ info: _, servers: __, security: ___, ...rest }) => rest;
    assert.deepEqual(common(theirs), common(ours));
  }));

test("what the server answers is what the document says", () =>
  withServer(async (url) => {
    const { components } = read("openapi.json");
    const answers = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { uri: (text) => URL.canParse(text) } });
    answers.addKeyword("components");
    answers.addSchema({ $id: "answers", components: { schemas: pick(components.schemas, ["Created", "TaskResult", "Error", "Issue"]) } });
    const valid = (name, value) => {
      const validate = answers.getSchema(`answers#/components/schemas/${name}`);
      assert.ok(validate(value), `${name}: ${answers.errorsText(validate.errors)} ${JSON.stringify(value)}`);
    };
    const post = async (body) => (await fetch(`${url}/v3/async/kling-v3.0-std-t2v`, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } })).json();
    const created = await post({ prompt: "A fox", duration: 3 });
    valid("Created", created);
    valid("TaskResult", await (await fetch(`${url}/v3/async/task-result?task_id=${created.task_id}`)).json());
    const refused = await post({ prompt: " ", duration: 16 });
    valid("Error", refused);
    assert.deepEqual(refused.metadata.issues.map((issue) => issue.code), ["blank", "out_of_range"]);
    valid("Error", await (await fetch(`${url}/v3/async/task-result?task_id=nobody`)).json());
  }));

const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));

test("the files are found by their names in the package", () => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const require = createRequire(join(folder, "package.json"));
  for (const name of ["schema/text-to-video.json", "schema/image-to-video.json", "openapi.json"]) {
    assert.deepEqual(require(`${manifest.name}/${name}`), read(name.replace("schema/", "")));
  }
});
