// The commands that send nothing: check, inspect, estimate.

import { estimate, inspectImage } from "../index.js";
import type { Call } from "./args.js";
import { usage, type ExitCode } from "./codes.js";
import { bytesIn, given, tellIssues } from "./input.js";
import { dollars, size, type Say } from "./say.js";

/** `rushes check` */
export async function checkCommand(call: Call, say: Say): Promise<ExitCode> {
  const { endpoint, result } = await given(call);
  if (!result.ok) {
    tellIssues(say, call, result.issues);
    say.json({ ok: false, endpoint, issues: result.issues });
    return 2;
  }
  const { warnings, body } = result;
  tellIssues(say, call, warnings);
  // With its defaults, and its files as they stand in the body.
  const sent = JSON.parse(body) as Record<string, unknown>;
  say.json({ ok: true, endpoint, request: { ...result.request, ...sent }, body, warnings });
  say.result(`${endpoint}: valid`);
  return 0;
}

/** `rushes inspect` */
export async function inspectCommand(call: Call, say: Say): Promise<ExitCode> {
  const source = call.argument ?? "-";
  if (/^https?:\/\//i.test(source)) throw usage("What is behind a URL is not fetched: download the image, and give the file.");
  const found = await inspectImage(/^data:/i.test(source) ? source : await bytesIn(source, "The image"));
  const { format, width, height, bytes, issues } = found;
  say.json(found);
  say.result(`${format ?? "neither PNG nor JPEG"}, ${width ?? "?"} x ${height ?? "?"} pixels, ${size(bytes)}`);
  say.issues(issues);
  return issues.some((issue) => issue.severity === "error") ? 2 : 0;
}

/** `rushes estimate` */
export async function estimateCommand(call: Call, say: Say): Promise<ExitCode> {
  const [silent, sound] = [call.positive("rate-silent"), call.positive("rate-sound")];
  const { endpoint, request, result } = await given(call);
  if (!result.ok) {
    tellIssues(say, call, result.issues);
    say.json({ ok: false, endpoint, issues: result.issues });
    return 2;
  }
  const own = silent !== undefined || sound !== undefined ? { source: "your own rates", asOf: today() } : {};
  const rates = { ...(silent === undefined ? {} : { silent }), ...(sound === undefined ? {} : { sound }), ...own };
  const found = estimate(endpoint, request as never, rates);
  say.json(found);
  say.result(`about ${dollars(found.usd)}: ${found.seconds} s at ${dollars(found.ratePerSecond)} a second`);
  say.line(`${found.source} (${found.asOf})`);
  return 0;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
