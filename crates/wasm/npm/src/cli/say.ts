// Everything that is printed goes through here: cleaned of what could steer a terminal, and of the key.

import type { Issue } from "../index.js";

/** Where people look on, and where programs read. */
export interface Say {
  /** A line for people, on standard error. */
  line(text: string): void;
  /** Where things stand: one line that changes on a terminal, a line when it matters elsewhere. */
  status(text: string, matters: boolean): void;
  /** A line on standard output; nothing under --json. */
  result(text: string): void;
  /** One JSON document or event on standard output, under --json only. */
  json(value: unknown): void;
  /** Issues, one a line, for people. */
  issues(issues: readonly Issue[], names?: (path: string) => string): void;
  /** Takes the changing line away. */
  done(): void;
  readonly isJson: boolean;
  /** Whether somebody can be asked. */
  readonly canAsk: boolean;
}

/** Keys of fewer characters would be found in ordinary words. */
const SHORT_KEY = 8;

// Control characters, and those that turn the direction of writing or break a line.
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text of others as one line that steers nothing. */
export function plain(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(STEERING, "\ufffd");
}

/** JSON in one line, in which a terminal finds nothing to obey. */
function printable(value: unknown): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(STEERING, escape);
}

/** Says things on the streams of this process. */
export function onProcess(isJson: boolean): Say {
  const { stdout, stderr, stdin, env } = process;
  for (const stream of [stdout, stderr]) stream.on("error", ignoreClosed);
  const key = (env["NOVITA_API_KEY"] ?? "").trim().replace(/^bearer\s+/i, "");
  const clean = (text: string) => (key.length < SHORT_KEY ? text : text.replaceAll(key, "[removed]"));
  const moves = stderr.isTTY === true && env["TERM"] !== "dumb";
  const colour = moves && (env["NO_COLOR"] ?? "") === "";
  const tint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  let shown = false;
  const wipe = () => {
    if (shown) stderr.write("\r\u001b[2K");
    shown = false;
  };
  const line = (text: string) => {
    wipe();
    stderr.write(`${clean(text)}\n`);
  };
  return {
    isJson,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    line: (text) => line(plain(text)),
    status: (text, matters) => {
      if (!moves) return matters ? line(plain(text)) : undefined;
      wipe();
      stderr.write(clean(plain(text).slice(0, Math.max(20, (stderr.columns ?? 80) - 1))));
      shown = true;
    },
    result: (text) => {
      wipe();
      if (!isJson) stdout.write(`${clean(plain(text))}\n`);
    },
    json: (value) => {
      wipe();
      if (isJson) stdout.write(`${clean(printable(value))}\n`);
    },
    issues: (issues, names = (path) => path) => {
      for (const { severity, path, code, message, hint } of issues) {
        const label = severity === "error" ? tint(31, "error") : tint(33, "warning");
        const where = path === "" ? "" : `${plain(names(path))}: `;
        line(`${label} ${where}${plain(message)}${hint === undefined ? "" : ` [${plain(hint)}]`} (${code})`);
      }
    },
    done: wipe,
  };
}

/** Who reads has gone: the work goes on, since a video is being paid for. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
}

/** `1:05` */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (count: number) => String(count).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `3.2 MB` */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `$0.42`, or with as many digits as it takes. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(Math.abs(usd * 100 - Math.round(usd * 100)) < 1e-9 ? 2 : 3)}`;
}
