import { EXIT_CODES } from "./codes.js";
import { commandOf, COMMANDS, flagOf, type CommandName, type FlagName } from "./flags.js";

const KEY = "The key comes from the environment variable NOVITA_API_KEY alone: arguments are seen by every user of a machine.";

/** What `rushes --help` says. */
export function general(): string {
  const commands = Object.values(COMMANDS).map(({ usage, about }) => [`rushes ${usage}`, about] as const);
  return [
    "Kling v3.0 Standard videos on Novita AI: checked before a cent is spent, sent once, watched to the end.",
    `Commands (each has its own --help):\n${table(commands)}`,
    KEY,
    "Progress goes to standard error, results to standard output. NO_COLOR is respected.",
    exitCodes(),
  ].join("\n\n");
}

/** What `rushes COMMAND --help` says. */
export function ofCommand(name: CommandName): string {
  const { usage, about, flags, json, examples } = commandOf(name);
  const rows = [...flags, "help" as const].map((flag) => [nameOf(flag), flagOf(flag).about] as const);
  return [
    `rushes ${usage}\n\n${about[0]?.toUpperCase()}${about.slice(1)}.`,
    table(rows),
    `With --json:\n${json}\nWrong usage is { event: "error", kind: "usage", message, exitCode }.`,
    flags.includes("base-url") ? KEY : undefined,
    `Examples:\n${examples.map((example) => `  ${example}`).join("\n")}`,
    exitCodes(),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function nameOf(name: FlagName): string {
  const { short, value, many } = flagOf(name);
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}${many ? " …" : ""}`;
}

function exitCodes(): string {
  return `Exit codes:\n${table(Object.entries(EXIT_CODES))}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`).join("\n");
}
