// The clients in a page, with nobody at the other end.

import { bundle } from "../kit/ours.mjs";
import { onPage } from "../kit/page.mjs";
import { CLIENTS } from "./clients.mjs";
import { nowhere } from "./nowhere.mjs";

/** What each client does; by name. */
export async function pagesWithoutNetwork({ browser, site }) {
  await bundle("behaviour/down.mjs", "down.js", {
    keepNames: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  await bundle({ text: 'export * from "rushes";' }, "rushes.js");
  const url = await nowhere();
  const found = {};
  for (const name of Object.keys(CLIENTS)) {
    found[name] = await onPage(browser, site.url, (page) =>
      page.evaluate(async (args) => (await import("/down.js")).down(...args), [name, url, `${site.url}/rushes.js`]));
  }
  return found;
}
