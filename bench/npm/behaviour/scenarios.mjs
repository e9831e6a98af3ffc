// What the faulty server does, one fault at a time, and what is asked of a client beside.

/** How a `POST` is answered; the default accepts. `at` counts from 1. */
const accept = () => ({ accept: true });
const refuse = (status, headers = {}) => () => ({ status, headers, body: { code: status, message: "told to fail" } });

/** How a read is answered: `working`, `done`, `odd` (a status nobody knows), or an HTTP status. The last one repeats. */
const SOON_DONE = ["working", "working", "done"];

/**
 * By name: `title`, what `post` does and what `reads` say in turn. `abort`: `"before"` the call, or `"midway"`, some
 * time after a read was answered; measured with nothing else running, since its time is shown. `waits`: only for
 * clients that wait for a video; `statuses`: only for those whose API has a word for where a video stands.
 */
export const SCENARIOS = {
  "post-500": { title: "POST answered 500 always: POSTs sent", post: refuse(500), reads: SOON_DONE },
  "post-503": { title: "POST answered 503 always: POSTs sent", post: refuse(503), reads: SOON_DONE },
  "post-reset": { title: "POST read whole, then the socket reset: POSTs sent", post: () => ({ reset: true }), reads: SOON_DONE },
  "post-429": {
    title: "429 with `Retry-After: 3`, then accepted: gap",
    post: (at) => (at === 1 ? refuse(429, { "retry-after": "3" })() : accept()),
    reads: ["done"],
  },
  "post-400": { title: "400 with a message: the error", post: refuse(400), reads: SOON_DONE },
  "read-503": { title: "one 503 while polling", post: accept, reads: ["working", 503, "done"], waits: true },
  "read-odd": {
    title: "a status nobody knows, twice, while polling",
    post: accept,
    reads: ["odd", "odd", "done"],
    waits: true,
    statuses: true,
  },
  "abort-midway": { title: "abort while polling", post: accept, reads: ["working"], abort: "midway", waits: true },
  "abort-before": { title: "signal aborted before the call", post: accept, reads: SOON_DONE, abort: "before" },
};
