// The commands and their flags, once: what is parsed and what --help says.

/** One flag. */
export interface Flag {
  /** What stands for its value in the help; without one it is on or off. */
  value?: string;
  /** Whether it may stand several times. */
  many?: true;
  /** One letter for it. */
  short?: string;
  about: string;
}

export const FLAGS = {
  prompt: { value: "WORDS", about: "what the video shows" },
  "prompt-file": { value: "FILE|-", about: "the same, from a file or standard input" },
  negative: { value: "WORDS", about: "what to keep out" },
  image: { value: "FILE|URL|-", about: "first frame: a PNG or JPEG; makes it image to video" },
  "end-image": { value: "FILE|URL|-", about: "last frame; not together with --shot" },
  shot: { value: "[SECONDS:]WORDS", many: true, about: 'one shot, again for the next: --shot "3:It wakes"' },
  duration: { value: "SECONDS", about: "3 to 15, default 5; with shots their sum" },
  ratio: { value: "RATIO", about: "16:9 (default), 9:16 or 1:1; text to video only" },
  sound: { about: "make sound, too; costs more" },
  "cfg-scale": { value: "NUMBER", about: "how closely to follow the prompt: 0 to 1, default 0.5" },
  request: { value: "FILE|-", about: "the request as JSON, as in the API's documentation; flags come on top" },
  endpoint: { value: "NAME", about: "text-to-video or image-to-video, where the fields do not tell" },
  out: { value: "FILE", short: "o", about: "save the video there; a folder: under the task's id" },
  force: { about: "overwrite what --out names" },
  yes: { short: "y", about: "do not ask before sending (asked on a terminal only)" },
  "max-usd": { value: "DOLLARS", about: "send nothing where the estimate is above" },
  "no-wait": { about: "print the task's id and end" },
  once: { about: "look once, then end" },
  timeout: { value: "SECONDS", about: "stop waiting after so long; the task goes on" },
  "rate-silent": { value: "DOLLARS", about: "price of a second without sound, instead of the built-in one" },
  "rate-sound": { value: "DOLLARS", about: "price of a second with sound" },
  "base-url": { value: "URL", about: "where the API is, default https://api.novita.ai; gets no key without --send-key" },
  "send-key": { about: "send NOVITA_API_KEY to --base-url, too" },
  json: { about: "answer in JSON on standard output (see below)" },
  help: { short: "h", about: "show this" },
  version: { about: "show the version" },
} as const satisfies Record<string, Flag>;

/** The name of a flag. */
export type FlagName = keyof typeof FLAGS;

/** The same table, every flag seen as one type. */
export const flagOf = (name: FlagName): Flag => FLAGS[name];

const REQUEST: FlagName[] = [
  ...(["prompt", "prompt-file", "negative", "image", "end-image", "shot", "duration", "ratio", "sound"] as const),
  ...(["cfg-scale", "request", "endpoint"] as const),
];
const WHERE: FlagName[] = ["base-url", "send-key"];
const SAVE: FlagName[] = ["out", "force", "timeout"];

/** One command. */
export interface Command {
  usage: string;
  about: string;
  flags: FlagName[];
  /** The one argument without a flag, if it takes one: its name, and whether it must be there. */
  argument?: { name: string; required: boolean };
  /** What --json prints. */
  json: string;
  examples: string[];
}

const EVENTS =
  "One JSON object a line, each with an `event`: estimate, warning, created (id, the moment it exists), update, saved\n" +
  "(path, bytes); the last is result (id, videos, files), error (kind, message, exitCode, id if there is one) or stopped\n" +
  "(id, resume).";

export const COMMANDS = {
  make: {
    usage: "make --prompt WORDS [--image FILE|URL] [--out FILE]",
    about: "make a video: checked, sent once, watched, saved",
    flags: [...REQUEST, ...SAVE, "yes", "max-usd", "no-wait", ...WHERE, "json"],
    json: EVENTS,
    examples: [
      'rushes make --prompt "A fox leaps a mossy log" --duration 8 --sound --out fox.mp4',
      'rushes make --image fox.png --prompt "The fox at dawn" --shot "3:It wakes" --shot "5:It runs" -o fox.mp4',
      "rushes make --request fox.json --yes --json | jq -r 'select(.event == \"result\").videos[0].url'",
    ],
  },
  watch: {
    usage: "watch ID [--out FILE]",
    about: "go on watching a task; costs nothing",
    flags: [...SAVE, "once", ...WHERE, "json"],
    argument: { name: "ID", required: true },
    json: EVENTS,
    examples: ["rushes watch 5f4c… --out fox.mp4"],
  },
  check: {
    usage: "check FILE|-",
    about: "check a request (or the flags of make) without sending it",
    flags: [...REQUEST, "json"],
    argument: { name: "FILE|-", required: false },
    json: "One document: { ok: true, endpoint, request, body, warnings } or { ok: false, endpoint, issues }.",
    examples: ["rushes check fox.json", "rushes check --image fox.png --prompt Fox --json"],
  },
  inspect: {
    usage: "inspect FILE|-",
    about: "what an image is, and what the API would refuse it for",
    flags: ["json"],
    argument: { name: "FILE|-", required: true },
    json: "One document: { format, width, height, orientation, bytes, issues }.",
    examples: ["rushes inspect fox.png"],
  },
  estimate: {
    usage: "estimate FILE|-",
    about: "what a request (or the flags of make) will probably cost",
    flags: [...REQUEST, "rate-silent", "rate-sound", "json"],
    argument: { name: "FILE|-", required: false },
    json: "One document: { seconds, usd, ratePerSecond, source, asOf }; for an invalid request as check prints it.",
    examples: ["rushes estimate --prompt Fox --duration 8 --sound"],
  },
} as const satisfies Record<string, Command>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

export const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

export const commandOf = (name: CommandName): Command => COMMANDS[name];
