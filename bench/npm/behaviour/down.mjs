// In a page: one client makes one video while nothing answers at all. Bundled with every client in it.

import { CLIENTS } from "./clients.mjs";
import { outcomeOf } from "./outcome.mjs";

/** The signature of a refusal to run in a page. */
const REFUSES = /browser/i;

/** `url`: where nobody listens; `entry`: our package. Gives the outcome, and how often a `POST` was tried. */
export async function down(name, url, entry) {
  let posts = 0;
  const count = (method) => {
    if (/^post$/i.test(method)) posts += 1;
  };
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    if (!/^https?:$/.test(asked.protocol)) return fetch(input, init);
    count(init?.method ?? input.method ?? "GET");
    return fetch(new URL(asked.pathname + asked.search, url), init);
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, ...rest) {
    count(method);
    return open.call(this, method, ...rest);
  };
  let call;
  try {
    call = await CLIENTS[name].make({ url, entry, told: () => {}, signal: undefined });
  } catch (error) {
    if (!REFUSES.test(String(error))) throw error;
    return { posts, refuses: true };
  }
  const outcome = await outcomeOf(call);
  return { ...outcome, posts };
}
