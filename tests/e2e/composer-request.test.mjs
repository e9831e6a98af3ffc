// "The request": exactly what goes over the wire, and code that sends the same.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { audit } from "./support/browser.mjs";
import { SIZES, fits } from "./support/look.mjs";
import { makeJpeg } from "./support/media.mjs";
import { chooseStartImage, posted, saved, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { matches } from "./support/wait.mjs";

const run = promisify(execFile);
const HOSTILE = `it's "quoted" \`touch owned\` $(touch owned) \${x} \\n \\ '''y''' """z""" #" r#"raw"# é 狐 🦊 </pre><b>x</b>\nsecond line`;
const at = suite({ folder: true });

const drawer = (page) => page.getByRole("button", { name: /^The request/ });
const shown = (page, form) => page.getByRole("region", { name: `The request as ${form}` });

/** The body of the one request that Generate sends. */
const sentBody = async (page, posts) => (await posted(page, posts)).postData();

for (const [name, size] of Object.entries(SIZES)) {
  test(`${name}: the drawer holds the very text that is sent`, async () => {
    const { page, context, posts, complaints } = await at.open(size);
    await writePrompt(page, HOSTILE);
    await drawer(page).click();
    await shown(page, "JSON").filter({ hasText: "second line" }).waitFor();
    const text = await shown(page, "JSON").textContent();
    assert.deepEqual(await audit(page), []);
    for (const form of ["curl", "JavaScript", "Python", "Rust"]) {
      await page.getByRole("radio", { name: form }).check();
      await shown(page, form).waitFor();
      assert.deepEqual(await audit(page), [], form);
      await fits(page, form);
    }
    assert.equal(await page.locator("b", { hasText: "x" }).count(), 0, "a prompt is text");
    await page.keyboard.press("Escape");
    assert.equal(text, await sentBody(page, posts));
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("with an image the bytes are left out of sight, a copy has them, and the code reads the file", async () => {
  const photo = await makeJpeg(join(at.folder, "it's a photo.jpg"), 480, 320);
  const { page, context, posts } = await at.open();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await chooseStartImage(page, photo);
  await writePrompt(page, HOSTILE);
  await drawer(page).click();
  await matches(() => shown(page, "JSON").textContent(), /"image":"data:image\/jpeg;base64,… \d+ KB of image …"/);
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await page.getByText("Copied").first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());

  await page.getByRole("radio", { name: "curl" }).check();
  await page.getByText(/save it's a photo\.jpg beside it/).waitFor();
  await page.getByRole("button", { name: "Copy curl" }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes("curl '"));
  const script = await page.evaluate(() => navigator.clipboard.readText());
  // As the page sends it: without what a camera wrote into the file.
  await (await saved(page, page.getByRole("button", { name: "Save it's a photo.jpg" }))).saveAs(photo);
  assert.deepEqual(await audit(page), []);
  await page.keyboard.press("Escape");
  const sent = await sentBody(page, posts);
  assert.equal(copied, sent);
  // The page sends the picture without what may tell of a place or person: the script is given that one.
  const [, picture] = /base64,([^"]+)/.exec(sent);
  await writeFile(photo, Buffer.from(picture, "base64"));
  assert.equal(await bytesOf(script), sent);
  await context.close();
});

/** What the script hands to curl. */
async function bytesOf(script) {
  const curl = join(at.folder, "curl");
  await writeFile(curl, "#!/bin/sh\nwhile [ $# -gt 0 ]; do case \"$1\" in --data-raw) printf %s \"$2\";; --data-binary) cat;; esac; shift; done\n");
  await chmod(curl, 0o755);
  await writeFile(join(at.folder, "send.sh"), script);
  const { stdout } = await run("sh", ["send.sh"], {
    cwd: at.folder, env: { ...process.env, PATH: `${at.folder}:${process.env.PATH}` }, maxBuffer: 1e8,
  });
  return stdout;
}

test("what cannot be sent yet says why instead", async () => {
  const { page, context } = await at.open();
  await drawer(page).click();
  await page.getByText("Nothing can be sent yet:").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: /The prompt is empty/ }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await context.close();
});
