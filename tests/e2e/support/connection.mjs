// The connection dialog by what a person sees of it, and other ends to connect to.

import { createServer } from "node:http";

export const PROVIDER = "https://api.novita.ai";

/** Opens the dialog from the header. */
export async function openConnection(page) {
  await page.locator("#engine").click();
  return page.getByRole("dialog", { name: "Where requests go" });
}

/** Fills in one's own key, knowingly, and has it checked. */
export async function useKey(page, key) {
  const dialog = await openConnection(page);
  await dialog.getByRole("radio", { name: "The provider" }).check();
  await dialog.getByRole("checkbox", { name: /I know the risk/ }).check();
  await dialog.getByLabel("Your key").fill(key);
  await dialog.getByRole("button", { name: "Check and use" }).click();
  return dialog;
}

/** Fills in a gateway, and has it checked. */
export async function useGateway(page, address, token) {
  const dialog = await openConnection(page);
  await dialog.getByRole("radio", { name: "A gateway" }).check();
  await dialog.getByLabel("Address of the gateway").fill(address);
  if (token) await dialog.getByLabel("Access token").fill(token);
  await dialog.getByRole("button", { name: "Check and use" }).click();
  return dialog;
}

/** A little server that answers everything with `answer(request, response)`; `seen` holds every request's headers. */
export async function startOther(answer) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers });
    answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    seen,
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** Headers that let any page read an answer. */
export const OPEN_TO_ALL = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, idempotency-key",
  "access-control-allow-methods": "GET, POST",
};

/** The provider's answers in this browser: what `backend` answers, to whoever has that key. */
export async function provide(context, backend, key, calls = []) {
  await context.route(`${PROVIDER}/**`, async (route) => {
    const request = route.request();
    const headers = await request.allHeaders();
    calls.push({ method: request.method(), url: request.url(), headers });
    const fulfill = (status, json) => route.fulfill({ status, json, headers: OPEN_TO_ALL });
    if (headers.authorization !== `Bearer ${key}`) {
      return fulfill(401, { code: 401, reason: "INVALID_API_KEY", message: `no such key: ${headers.authorization}` });
    }
    const { pathname, search } = new URL(request.url());
    const answer = await fetch(backend + pathname + search, {
      method: request.method(), body: request.postDataBuffer() ?? undefined,
      headers: { "content-type": "application/json" },
    });
    return fulfill(answer.status, await answer.json());
  });
  return calls;
}
