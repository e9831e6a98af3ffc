// "The request": exactly what goes over the wire, and code that sends the same.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { audit, launchBrowser, openStudio } from "./support/browser.mjs";
import { makeJpeg } from "./support/media.mjs";
import { startServer } from "./support/server.mjs";
import { chooseStartImage, generateButton, writePrompt } from "./support/studio.mjs";

const run = promisify(execFile);
const SIZES = { desk: { width: 1440, height: 1000 }, phone: { width: 390, height: 844 }, "smallest phone": { width: 320, height: 640 } };
const HOSTILE = `it's "quoted" \`touch owned\` $(touch owned) \${x} \\n \\ '''y''' """z""" #" r#"raw"# é 狐 🦊 </pre><b>x</b>\nsecond line`;
let server;
let browser;
let folder;
before(async () => {
  [server, browser, folder] = await Promise.all([
    startServer(), launchBrowser(), mkdtemp(join(tmpdir(), "rushes-request-")),
  ]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
  if (folder) await rm(folder, { recursive: true, force: true });
});

const drawer = (page) => page.getByRole("button", { name: /^The request/ });
const shown = (page, form) => page.getByRole("region", { name: `The request as ${form}` });

async function posted(page, posts) {
  await generateButton(page).click();
  while (posts.length === 0) await page.waitForTimeout(50);
  return posts[0].postData();
}

for (const [name, size] of Object.entries(SIZES)) {
  test(`${name}: the drawer holds the very text that is sent`, async () => {
    const { page, context, posts, complaints } = await openStudio(browser, server.origin, size);
    await writePrompt(page, HOSTILE);
    await drawer(page).click();
    const text = await shown(page, "JSON").textContent();
    assert.deepEqual(await audit(page), []);
    for (const form of ["curl", "JavaScript", "Python", "Rust"]) {
      await page.getByRole("radio", { name: form }).check();
      await shown(page, form).waitFor();
      assert.deepEqual(await audit(page), [], form);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${form} is ${overflow} px too wide`);
    }
    assert.equal(await page.locator("b", { hasText: "x" }).count(), 0, "a prompt is text");
    await page.keyboard.press("Escape");
    assert.equal(text, await posted(page, posts));
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("with an image the bytes are left out of sight, a copy has them, and the code reads the file", async () => {
  const photo = await makeJpeg(join(folder, "it's a photo.jpg"), 480, 320);
  const { page, context, posts } = await openStudio(browser, server.origin);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await chooseStartImage(page, photo);
  await writePrompt(page, HOSTILE);
  await drawer(page).click();
  const text = await shown(page, "JSON").textContent();
  assert.match(text, /"image":"data:image\/jpeg;base64,… \d+ KB of image …"/);
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await page.getByText("Copied").first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());

  await page.getByRole("radio", { name: "curl" }).check();
  await page.getByText(/save it's a photo\.jpg beside it/).waitFor();
  await page.getByRole("button", { name: "Copy curl" }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes("curl '"));
  const script = await page.evaluate(() => navigator.clipboard.readText());
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save it's a photo.jpg" }).click(),
  ]);
  // As the page sends it: without what a camera wrote into the file.
  await saved.saveAs(photo);
  assert.deepEqual(await audit(page), []);
  await page.keyboard.press("Escape");
  const sent = await posted(page, posts);
  assert.equal(copied, sent);
  // The page sends the picture without what may tell of a place or person: the script is given that one.
  const [, picture] = /base64,([^"]+)/.exec(sent);
  await writeFile(photo, Buffer.from(picture, "base64"));
  assert.equal(await bytesOf(script), sent);
  await context.close();
});

/** What the script hands to curl. */
async function bytesOf(script) {
  const curl = join(folder, "curl");
  await writeFile(curl, "#!/bin/sh\nwhile [ $# -gt 0 ]; do case \"$1\" in --data-raw) printf %s \"$2\";; --data-binary) cat;; esac; shift; done\n");
  await chmod(curl, 0o755);
  await writeFile(join(folder, "send.sh"), script);
  const { stdout } = await run("sh", ["send.sh"], {
    cwd: folder, env: { ...process.env, PATH: `${folder}:${process.env.PATH}` }, maxBuffer: 1e8,
  });
  return stdout;
}

test("what cannot be sent yet says why instead", async () => {
  const { page, context } = await openStudio(browser, server.origin);
  await drawer(page).click();
  await page.getByText("Nothing can be sent yet:").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: /The prompt is empty/ }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await context.close();
});
