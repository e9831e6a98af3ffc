// English and Chinese: which one is spoken, what switching keeps, numbers, money and dates, and the whole job in Chinese.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { DESK, PHONE, SIZES, SMALLEST_PHONE, TABLET, lookAtAll, picture } from "./support/look.mjs";
import { RENDER_PATIENCE, chooseLanguage, saved, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, eventually } from "./support/wait.mjs";

const at = suite();

/** A fresh profile of a reader of `locale`. */
function profile(locale, options = {}) {
  return at.browser.newContext({
    locale, viewport: DESK, acceptDownloads: true, reducedMotion: "reduce", ...options,
  });
}

/** The page as a reader of `locale` finds it. */
async function open(locale, options) {
  const context = await profile(locale, options);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(at.origin);
  await page.locator("#generate").waitFor();
  return { context, page, complaints };
}

const lang = (page) => page.evaluate(() => document.documentElement.lang);

for (const [locale, spoken, generate] of [
  ["en-US", "en", /^Generate/], ["zh-CN", "zh-Hans", /^生成/], ["zh-TW", "zh-Hans", /^生成/], ["fr-FR", "en", /^Generate/],
]) {
  test(`a reader of ${locale} is spoken to in ${spoken}`, async () => {
    const { context, page, complaints } = await open(locale);
    await becomes(() => lang(page), spoken);
    await page.getByRole("button", { name: generate }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("switching keeps what was written, is remembered, and leaves the keyboard where it was", async () => {
  const { context, page, complaints } = await open("en-US");
  await writePrompt(page, "一只狐狸 A fox");
  await page.getByRole("textbox", { name: "Length" }).fill("7");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "简体中文" }).check();
  const dialog = page.getByRole("dialog", { name: "设置" });
  await dialog.waitFor();
  await becomes(() => lang(page), "zh-Hans");
  await page.waitForFunction(() => document.activeElement?.value === "zh-Hans");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "设置");
  await becomes(() => page.getByRole("textbox", { name: "提示词", exact: true }).inputValue(), "一只狐狸 A fox");
  await becomes(() => page.getByRole("textbox", { name: "时长" }).inputValue(), "7");
  await page.reload();
  await page.getByRole("button", { name: /^生成/ }).waitFor();
  await chooseLanguage(page, "zh", "English");
  await page.getByRole("button", { name: /^Generate/ }).waitFor();
  await becomes(() => page.getByRole("textbox", { name: "Length" }).inputValue(), "7");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("keys and pasted files act once, however often the language was switched", async () => {
  const { context, page } = await open("en-US");
  for (let times = 0; times < 3; times += 1) {
    await chooseLanguage(page, "en", "简体中文");
    await chooseLanguage(page, "zh", "English");
  }
  await page.locator("body").press("?");
  await page.getByRole("dialog").first().locator(".key-group").first().waitFor();
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.keyboard.press("Escape");
  const posts = [];
  page.on("request", (request) => { if (request.method() === "POST") posts.push(request.url()); });
  await writePrompt(page, "A kite");
  await page.keyboard.press("Control+Enter");
  await page.locator(".library .take").first().waitFor();
  await becomes(() => posts.length, 1);
  await page.waitForLoadState("networkidle");
  assert.equal(posts.length, 1);
  await context.close();
});

for (const [locale, price, counter, day] of [
  ["en-US", "about $0.42", "12 / 2,500", "Oct 7, 2026"],
  ["en-GB", "about US$0.42", "12 / 2,500", "7 Oct 2026"],
  ["zh-CN", "约 US$0.42", "12 / 2,500", "2026年10月7日"],
]) {
  test(`numbers, money and dates for ${locale}`, async () => {
    const { context, page } = await open(locale);
    await page.locator("#field-prompt").fill("x".repeat(12));
    await page.getByText(counter, { exact: true }).waitFor();
    await eventually(async () => {
      const words = await page.locator(".price").textContent();
      assert.ok(words.includes(price) && words.includes(day), words);
    });
    await context.close();
  });
}

test("one and many are told apart where the language does", async () => {
  const { context, page } = await open("en-US");
  await page.getByText("1 thing to fix").waitFor();
  await page.getByRole("textbox", { name: "Length" }).fill("99");
  await page.getByText("2 things to fix").waitFor();
  await chooseLanguage(page, "en", "简体中文");
  await page.getByText("2 处需要修改").waitFor();
  await context.close();
});

test("what is wrong is said in the language that is spoken when it is read", async () => {
  const { context, page } = await open("en-US");
  await page.getByRole("textbox", { name: "Length" }).fill("99");
  await page.getByRole("textbox", { name: "Length" }).blur();
  await page.getByText("The length is 99 s; 3 to 15 s are allowed.").first().waitFor();
  await chooseLanguage(page, "en", "简体中文");
  await page.locator("#field-seconds-notes", { hasText: "时长是 99 秒，允许 3 到 15 秒。" }).waitFor();
  await context.close();
});

test("the whole job in Chinese: from the words to the saved file", async () => {
  const { context, page, complaints } = await open("zh-CN");
  await page.getByRole("textbox", { name: "提示词", exact: true }).fill("一只赤狐跃上长满苔藓的圆木，镜头缓慢推进。");
  await page.getByRole("textbox", { name: "时长" }).fill("3");
  await page.getByRole("button", { name: /^生成/ }).click();
  await page.getByText(/已保存在此浏览器/).first().waitFor({ timeout: RENDER_PATIENCE });
  assert.deepEqual(await audit(page), []);
  const file = await saved(page, page.getByRole("button", { name: "下载" }).first());
  assert.match(file.suggestedFilename(), /^一只赤狐/);
  await page.getByText("详情", { exact: true }).first().click();
  await picture(page, "chinese-kept-1440");
  const latin = await leftovers(page);
  assert.deepEqual(latin, [], "words that are not Chinese");
  assert.deepEqual(complaints, []);
  await context.close();
});

/** Words of Latin letters on the page, beyond names and formats. */
function leftovers(page) {
  return page.evaluate(() => {
    const known = /^(Rushes|PNG|JPEG|JSON|curl|ID|Ctrl|MB|KB|GB|US|https|English|kling|v3|HTTP|mp4|novita|ai|AM|PM)$/i;
    const found = [];
    const walker = document.createTreeWalker(document.querySelector("#app"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (!parentElement.checkVisibility() || parentElement.closest(".verbatim, .mono, .task-id, code")) continue;
      for (const word of data.match(/[A-Za-z]{2,}/g) ?? []) if (!known.test(word)) found.push(`${word} in ${data}`);
    }
    return found;
  });
}

for (const locale of ["en-US", "zh-CN"]) {
  test(`the settings are accessible for ${locale}, in both themes, on a desk and on a phone`, async () => {
    const { context, page } = await open(locale);
    await page.getByRole("button", { name: /^(Settings|设置)$/ }).click();
    await page.getByRole("dialog").getByRole("radio").first().waitFor();
    await lookAtAll(page, `settings-${locale}`, Object.values(SIZES));
    await context.close();
  });

  test(`the empty page fits at every width for ${locale}`, async () => {
    const { context, page } = await open(locale);
    await lookAtAll(page, `empty-${locale}`, [DESK, TABLET, PHONE]);
    // On the smallest screen the bar lies over part of a slider until it is scrolled to, which axe takes for its size.
    await lookAtAll(page, `empty-${locale}`, [SMALLEST_PHONE], null);
    await context.close();
  });
}
