// A web server of files, with a strict Content-Security-Policy.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** What a page needs to run the package: scripts of its own, WebAssembly, and the service. Nothing inline, no `eval`. */
export const policy = (service, wasm = " 'wasm-unsafe-eval'") =>
  `default-src 'none'; script-src 'self'${wasm}; worker-src 'self'; img-src data:; connect-src 'self' ${service}`;

/**
 * Serves what `find` gives for a path: `{ text, file, policy }`, a text or a file with the policy to send along, or
 * nothing.
 */
export async function serve(find) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    const found = find(pathname);
    if (found === undefined) return response.writeHead(404).end();
    const { text, file, policy } = found;
    const type = TYPES[extname(file ?? pathname)] ?? "text/html";
    response.writeHead(200, { "content-type": type, ...(policy && { "content-security-policy": policy }) });
    response.end(text ?? readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Finds the files of a folder; `/` is its `index.html`. */
export function folder(path, policy) {
  return (pathname) => {
    const file = join(path, normalize(pathname === "/" ? "/index.html" : pathname));
    return existsSync(file) && statSync(file).isFile() ? { file, policy } : undefined;
  };
}
