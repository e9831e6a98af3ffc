// A whole session with a canary for a key, and one with a canary for a token: afterwards the canary is nowhere.

import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { OPEN_TO_ALL, PROVIDER, openConnection, provide, useGateway, useKey } from "./support/connection.mjs";
import { startServer } from "./support/server.mjs";
import {
  download, generateButton, playForAMoment, saved, setSeconds, waitUntilKept, writePrompt,
} from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";

const CANARY = "sk_canary-4f1d0a7e93b5";
/** The canary as it is, and as it would look inside base64, wherever it begins, or percent-encoded or backwards. */
const FORMS = [
  CANARY,
  ...[0, 1, 2].map((shift) => Buffer.from("\0".repeat(shift) + CANARY).toString("base64").slice(shift ? 4 : 0, -6)),
  [...CANARY].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(""),
  [...CANARY].reverse().join(""),
];
const holds = (text) => FORMS.some((form) => text.includes(form));

const logs = [];
const onLog = (words) => logs.push(words);
const at = suite({
  folder: true,
  server: () => startServer(["--log", "trace"], undefined, { onLog }),
  async gateway({ folder }) {
    await writeFile(join(folder, "tokens"), `${CANARY}\n`);
    return startServer(["--log", "trace", "--tokens", join(folder, "tokens")], undefined, { onLog });
  },
});

/** The page with everything collected that it prints, asks for and saves. */
async function watched() {
  const studio = await at.open();
  const seen = { printed: [], requests: [] };
  studio.page.on("console", (message) => seen.printed.push(message.text()));
  studio.page.on("pageerror", (error) => seen.printed.push(String(error.stack)));
  studio.context.on("request", (request) => seen.requests.push(request));
  return { ...studio, seen };
}

/** Everything that the browser holds for the page, as text. */
function everythingStored(page) {
  return page.evaluate(async () => {
    const latin1 = async (blob) => {
      let text = "";
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return text;
    };
    const spell = async (value) => {
      if (value instanceof Blob) return latin1(value);
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return latin1(new Blob([value]));
      if (Array.isArray(value)) return (await Promise.all(value.map(spell))).join("\n");
      if (value && typeof value === "object") {
        return (await Promise.all(Object.entries(value).map(async ([name, inner]) => `${name}=${await spell(inner)}`))).join("\n");
      }
      return String(value);
    };
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const found = {
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      cookies: document.cookie,
      place: `${location.href}\n${JSON.stringify(history.state)}\n${window.name}\n${document.referrer}`,
      asked: performance.getEntriesByType("resource").map(({ name }) => name).join("\n"),
      markup: document.documentElement.outerHTML,
      values: [...document.querySelectorAll("input, textarea, select")].map(({ value }) => value).join("\n"),
      databases: "", files: "", caches: "",
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(records.getAllKeys()), done(records.getAll())]);
        found.databases += `${name}/${store}\n${await spell(keys)}\n${await spell(values)}\n`;
      }
      database.close();
    }
    const walk = async (folder) => {
      for await (const [name, handle] of folder.entries()) {
        found.files += `${name}\n`;
        if (handle.kind === "directory") await walk(handle);
        else found.files += await latin1(await handle.getFile());
      }
    };
    await walk(await navigator.storage.getDirectory());
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found.caches += `${request.url}\n${await latin1(await (await cache.match(request)).blob())}\n`;
      }
    }
    return found;
  });
}

/** Every file under a folder, as text. */
async function everyFile(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")));
  return files.map(({ name }, index) => `${name}\n${texts[index]}`).join("\n");
}

/** Looks everywhere; the requests that went to `allowed` alone may hold it, in one header. */
async function lookEverywhere({ page, seen }, allowed, files) {
  const stored = await everythingStored(page);
  assert.ok(stored.databases.length > 100 && stored.files.length > 10_000 && stored.markup.length > 1000, "there is something to look through");
  for (const [where, text] of Object.entries(stored)) assert.ok(!holds(text), `it is in the browser: ${where}`);
  assert.ok(!holds(seen.printed.join("\n")), "it is in the console");
  for (const file of files) assert.ok(!holds(file), "it is in a file that was saved");
  let carried = 0;
  for (const request of seen.requests) {
    assert.ok(!holds(request.url()), `it is in an address: ${request.url()}`);
    assert.ok(!holds(request.postDataBuffer()?.toString("latin1") ?? ""), "it is in a body");
    const { authorization, ...others } = await request.allHeaders();
    assert.ok(!holds(JSON.stringify(others)), "it is in a header where it does not belong");
    if (authorization) {
      assert.equal(new URL(request.url()).origin, allowed, "it went where it was not meant to go");
      carried += 1;
    }
  }
  assert.ok(carried >= 3, "it was really used");
  assert.ok(!holds(logs.join("")), "it is in a server's log");
  for (const { data } of [at.server, at.gateway]) assert.ok(!holds(await everyFile(data)), "it is in a server's folder");
}

/** One take from the prompt to the saved file, with everything that shows or gives away a request. */
async function session(page) {
  await writePrompt(page, "A lighthouse in a storm, slow push in");
  await setSeconds(page, 3);
  await page.getByRole("button", { name: /^The request/ }).click();
  const wire = page.getByRole("dialog", { name: /^The request/ });
  let shown = "";
  for (const form of ["JSON", "curl", "JavaScript", "Python", "Rust"]) {
    await wire.getByRole("radio", { name: form, exact: true }).check();
    await wire.getByRole("region", { name: `The request as ${form}`, exact: true }).waitFor();
    shown += await wire.evaluate((dialog) => dialog.outerHTML);
  }
  assert.match(shown, /curl/);
  await page.keyboard.press("Escape");
  await generateButton(page).click();
  await waitUntilKept(page);
  await playForAMoment(page);
  await page.getByText("Details", { exact: true }).first().click();
  const { bytes } = await download(page);
  return [shown, bytes.toString("latin1"), await savedBy(page, "Save the request as a file"), await archived(page)];
}

/** What a button saves, as text. */
async function savedBy(page, name) {
  const file = await saved(page, page.getByRole("button", { name }));
  return readFile(await file.path(), "latin1");
}

/** The archive of everything, as text. */
async function archived(page) {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Export or import…" }).click();
  const text = await savedBy(page, "Save the archive");
  assert.ok(text.includes("manifest.json") && text.includes("video.mp4"), "everything is in it");
  assert.ok(!/authorization/i.test(text), "it speaks of the header");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  return text;
}

test("the test itself finds a canary wherever it is put", async () => {
  for (const form of FORMS) assert.ok(holds(`x${form}y`), form);
  for (const shift of ["", "a", "ab"]) assert.ok(holds(Buffer.from(`${shift}${CANARY} and more`).toString("base64")), `base64 after ${shift.length}`);
  const { page, context } = await at.open();
  await page.evaluate((canary) => {
    localStorage.setItem("x", canary);
    document.querySelector("textarea").value = canary;
  }, CANARY);
  const stored = await everythingStored(page);
  assert.deepEqual([stored.local, stored.values, stored.session].map(holds), [true, true, false]);
  await context.close();
});

test("a key given to the page is nowhere after a whole session", async () => {
  const studio = await watched();
  const { page, context } = studio;
  await provide(context, at.origin, CANARY);
  // A provider that repeats the key in its words of refusal.
  let refusals = 1;
  await context.route(`${PROVIDER}/v3/async/kling-*`, (route) => {
    if (refusals-- <= 0) return route.fallback();
    return route.fulfill({
      status: 400, headers: OPEN_TO_ALL,
      json: { code: 400, reason: "INVALID_REQUEST_BODY", message: `refused for Bearer ${CANARY} and ${CANARY}` },
    });
  });
  await useKey(page, CANARY);
  await page.locator("#engine", { hasText: "Provider, with your key" }).waitFor();
  await writePrompt(page, "A first one, refused");
  await generateButton(page).click();
  await page.getByText("Not accepted").first().waitFor();
  const files = await session(page);
  await lookEverywhere(studio, PROVIDER, files);

  const dialog = await openConnection(page);
  await dialog.getByRole("checkbox").check();
  assert.equal(await dialog.getByLabel("Your key").inputValue(), "", "the field does not show it again");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.locator("#engine", { hasText: "Key needed" }).waitFor();
  await lookEverywhere(studio, PROVIDER, []);
  await context.close();
});

test("an access token is nowhere after a whole session", async () => {
  const studio = await watched();
  await useGateway(studio.page, at.gateway.origin, CANARY);
  await studio.page.locator("#engine", { hasText: new URL(at.gateway.origin).host }).waitFor();
  const files = await session(studio.page);
  await lookEverywhere(studio, at.gateway.origin, files);
  await studio.context.close();
});
