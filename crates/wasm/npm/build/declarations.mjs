// Joins the declarations of several modules into one file. tsc writes one per module; a package that is both ESM and
// CommonJS needs each file twice, and one file can be copied where many would have to be rewritten.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The declarations behind an entry, exporting what the entry exports. */
export function bundleDeclarations(folder, entry) {
  const seen = new Set();
  const imports = new Set();
  const parts = [];
  const exported = [];
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const text = readFileSync(join(folder, `${name}.d.ts`), "utf8");
    for (const [, from] of text.matchAll(/from "\.\/([\w/-]+)\.js"/g)) visit(beside(name, from));
    for (const [line] of text.matchAll(/^import [^;]*? from "[^.][^"]*";/gm)) imports.add(line);
    if (isDoor(text)) exported.push(...names(text));
    else parts.push(plain(text));
  };
  visit(entry);
  const unique = [...new Map(exported.map((name) => [name.replace(/^type /, ""), name])).values()];
  return `${[...joined(imports), ...parts].join("\n")}\nexport { ${unique.join(", ")} };\n`;
}

/** Imports from other packages, one per package and each name once. */
function joined(imports) {
  const names = new Map();
  for (const line of imports) {
    const [, list, from] = /^import (?:type )?\{([^}]*)\} from "([^"]+)"/.exec(line) ?? [];
    if (list === undefined) throw new Error(`cannot join this import of another package: ${line}`);
    const known = names.get(from) ?? new Set();
    for (const name of list.split(",")) known.add(name.trim().replace(/^type /, ""));
    names.set(from, known);
  }
  return [...names].map(([from, list]) => `import type { ${[...list].filter(Boolean).join(", ")} } from "${from}";`);
}

/** A name beside another module. */
function beside(module, name) {
  return module.includes("/") ? join(module, "..", name) : name;
}

/** Whether a module only passes on what others export. */
function isDoor(text) {
  return !/^(export )?(declare |interface |type \w+ ?=|class |function )/m.test(text);
}

/** The names that a door passes on. */
function names(text) {
  return [...text.matchAll(/^export (type )?\{([^}]*)\} from/gm)].flatMap(([, type, list]) =>
    list
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => (type && !name.startsWith("type ") ? `type ${name}` : name)),
  );
}

/** A module's declarations without what only matters between modules. */
function plain(text) {
  return text
    .replace(/^import [\s\S]*?;\n/gm, "")
    .replace(/^export \{\};\n/gm, "")
    .replace(/^export (declare |interface |type )/gm, "$1")
    .trim();
}
