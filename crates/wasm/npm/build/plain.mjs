// Makes a script of core's table of what is good or wrong at a glance (rushes_core::schema::plain says how to read it):
// one function per endpoint. Each takes a request's own fields, read before, and what core said before of a value
// (src/heard.ts). It gives what core would make of them, or `undefined` where that is for core to say.

/** The source of a module that exports `plain`, the functions by their endpoints' names. */
export function plainOf({ said, address, endpoints }) {
  const rows = Object.values(endpoints).flatMap(({ fields }) => fields);
  const limits = new Set(rows.flatMap(({ is, most }) => (is === "text" ? most : [])));
  const fits = [...limits].map((most) => `const fits${most} = /^[^]{0,${most}}$/u;\n`);
  const refusals = new Set(rows.flatMap((row) => Object.entries(row.refusals ?? {}).map(([kind, issue]) => refusalOf(row, kind, issue))));
  const functions = Object.entries(endpoints).map(([name, endpoint]) => `${literal(name)}: ${functionOf(endpoint)},\n`);
  return `const said = ${pattern(said)};
const address = ${pattern(address)};
const control = /[\\0-\\x1f]/;
${fits.join("")}${HELP}
${[...refusals].join("")}export const plain = {
${functions.join("")}};
`;
}

// A well-formed text has as many characters as a pattern with \`u\` finds. One with nothing to escape is written much
// quicker so than by \`JSON.stringify\`.
const HELP = `const json = (text, most, fits) => {
  if (typeof text !== "string" || text.length > 2 * most || !text.isWellFormed?.()) return;
  if (text.length > most && !fits.test(text)) return;
  return control.test(text) || text.includes('"') || text.includes("\\\\") ? JSON.stringify(text) : '"' + text + '"';
};
const long = (text, most, said, refuse) => {
  if (typeof text !== "string" || text.length <= most || !text.isWellFormed?.()) return;
  let count = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) count--;
  if (count > most && (!said || said.test(text))) return refuse(count, count - most);
};
const put = (issues, issue) => issue && issues.push(issue);`;

function functionOf({ path, fields, others }) {
  const names = fields.map(({ name }) => name);
  const cases = names.map((name) => `case ${literal(name)}: ${name} = value; break;`);
  const elsewhere = others.map((name) => `case ${literal(name)}: return;`);
  return `(fields, recall) => {
  let ${names.join(", ")}, text, unknown;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value != null) switch (name) { ${[...cases, ...elsewhere].join(" ")} default: if (typeof value === "object") return; (unknown ??= []).push(name); }
  }
  const request = {};
  const issues = [];
  let body = "{";
  ${fields.map((field, at) => KINDS[field.is](field, at === 0 ? "" : ",")).join("\n  ")}
  if (unknown) for (const name of unknown) if (!put(issues, recall(name))) return;
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, path: ${literal(path)}, body: body + "}", seconds: duration, request, issues };
}`;
}

/** The statement that takes up what is wrong with a field; where only core can tell, the function is left. */
const wrong = (name, issue = "") => `if (!put(issues, ${issue}recall("${name}", ${name}))) return;`;

/** By kind, the statements that look at a field, and write it into request and body. The first field is required. */
const KINDS = {
  text: (field, comma) => {
    const { name, most, required } = field;
    const look = `if ((text = json(${name}, ${most}, fits${most})) === undefined`;
    const issue = `long(${name}, ${most}, ${required ? "said" : 0}, ${refusalName(field, "too_long")}) ?? `;
    const write = `else { ${written(name, "text", comma)} }`;
    return required
      ? `${look} || !said.test(${name})) { ${wrong(name, issue)} } ${write}`
      : `if (${name} != null && ${name} !== "") { ${look}) { ${wrong(name, issue)} } ${write} }`;
  },
  address: ({ name, required }, comma) => {
    // Nothing is remembered of images: they are long, and their addresses may hold secrets.
    const look = `if (typeof ${name} !== "string" || !address.test(${name})) return;`;
    const write = written(name, `'"' + ${name} + '"'`, comma);
    return required ? `if (${name} == null) { ${wrong(name)} } else { ${look} ${write} }` : `if (${name} != null) { ${look} ${write} }`;
  },
  number: (field) => {
    const { name, whole, least, most, refusals } = field;
    const isOne = `typeof ${name} === "number" && ${name} >= ${least} && ${name} <= ${most}${whole ? ` && ${name} % 1 === 0` : ""}`;
    const outside = `${refusalName(field, "outside")}(${name})`;
    const refusal = refusals.fraction ? `${name} % 1 ? ${refusalName(field, "fraction")}(${name}) : ${outside}` : outside;
    // Negative zero is zero.
    return defaulted(field, isOne, name, `(Number.isFinite(${name}) ? ${refusal} : undefined) ?? `, `${name} += 0; `);
  },
  word: (field) => defaulted(field, `${literal(field.words)}.includes(${field.name})`, `'"' + ${field.name} + '"'`),
  flag: (field) => defaulted(field, `typeof ${field.name} === "boolean"`, field.name),
};

const written = (name, text, comma) => `request.${name} = ${name}; body += '${comma}"${name}":' + ${text};`;

/** A field that is accepted as its default where it is not given, and not sent where it is that. */
function defaulted({ name, default: usual }, isOne, text, issue, tidy = "") {
  const look = `if (${name} == null) ${name} = ${literal(usual)}; else if (!(${isOne})) { ${wrong(name, issue)} }`;
  return `${look} ${tidy}request.${name} = ${name}; if (${name} !== ${literal(usual)}) body += ',"${name}":' + ${text};`;
}

const refusalName = ({ name }, kind) => `${name}_${kind}`;

/** What fills the holes of a refusal: of a number itself, of a text how many characters it has, and how many too many. */
const HOLES = { value: "value", count: "value", over: "over" };

/** A function that makes an issue, of the table's with holes. */
function refusalOf({ name, least, most }, kind, issue) {
  const holes = { ...HOLES, nearest: `Math.min(${most}, Math.max(${least}, Math.round(value)))` };
  const filled = (text) => {
    const parts = text.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? literal(part) : holes[part]));
    return parts.join(" + ").replace(/ \+ ""$/, "");
  };
  const entries = Object.entries(issue).map(([key, value]) => {
    if (typeof value !== "string") return `${key}: ${literal(value)}`;
    // As `actual` it is a number; negative zero is zero.
    return `${key}: ${key === "actual" ? "value + 0" : filled(value)}`;
  });
  return `const ${refusalName({ name }, kind)} = (value, over) => ({ ${entries.join(", ")} });\n`;
}

const literal = (value) => JSON.stringify(value);

/** A pattern in plain ASCII. */
const pattern = (source) =>
  String(new RegExp(source)).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
