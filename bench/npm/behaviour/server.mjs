// A provider that fails on purpose, in any dialect, and remembers what it was asked.

import { createServer } from "node:http";

import { DIALECTS } from "./dialects.mjs";
import { SCENARIOS } from "./scenarios.mjs";

/** Starts it for one client and scenario. `seen` is what came; `stop` ends it. */
export async function faulty(dialect, scenario) {
  const { created, read } = DIALECTS[dialect];
  const { post, reads } = SCENARIOS[scenario];
  const seen = { posts: [], reads: [], cancels: 0, keys: [], other: [] };
  let turn = 0;
  const answerTo = (method, path, headers) => {
    if (/\/cancel$/.test(path)) {
      seen.cancels += 1;
      return { body: { id: "task-1", status: "canceled" } };
    }
    if (method === "POST") {
      seen.posts.push(performance.now());
      const key = Object.keys(headers).find((name) => /idempot/i.test(name));
      if (key !== undefined) seen.keys.push(headers[key]);
      const answer = post(seen.posts.length);
      return answer.accept ? { body: created } : answer;
    }
    if (/\.mp4$/.test(path)) return { body: { video: true } };
    const state = reads[Math.min(turn, reads.length - 1)];
    const answer = typeof state === "number" ? { status: state, body: { message: "told to fail" } } : read(state, path);
    if (!answer.free) {
      turn += 1;
      seen.reads.push({ at: performance.now(), state });
    }
    return answer;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://server");
    // For the client's own process: how often it was answered.
    if (pathname === "/__reads") return response.end(String(seen.reads.length));
    request.resume().once("end", () => {
      const { status = 200, headers = {}, body, reset } = answerTo(request.method, pathname, request.headers);
      if (reset) return request.socket.resetAndDestroy();
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
