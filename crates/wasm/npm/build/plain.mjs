// Makes a script of core's table of what is good at a glance (rushes_core::schema::plain says how to read it): one
// function per endpoint. Each takes a request's own fields, read before, and gives what core would make of it, or
// `undefined` where that is for core to say.

/** The source of a module that exports `plain`, the functions by their endpoints' names. */
export function plainOf({ said, address, endpoints }) {
  const limits = new Set(Object.values(endpoints).flatMap(({ fields }) => fields.flatMap(({ is, most }) => (is === "text" ? most : []))));
  const fits = [...limits].map((most) => `const fits${most} = /^[^]{0,${most}}$/u;\n`);
  const functions = Object.entries(endpoints).map(([name, endpoint]) => `${literal(name)}: ${functionOf(endpoint)},\n`);
  return `const said = ${pattern(said)};
const address = ${pattern(address)};
const control = /[\\0-\\x1f]/;
${fits.join("")}${TEXT}
export const plain = {
${functions.join("")}};
`;
}

// A well-formed text has as many characters as a pattern with \`u\` finds. One with nothing to escape is written much
// quicker so than by \`JSON.stringify\`.
const TEXT = `const json = (text, most, fits) => {
  if (typeof text !== "string" || text.length > 2 * most || !text.isWellFormed?.()) return;
  if (text.length > most && !fits.test(text)) return;
  return control.test(text) || text.includes('"') || text.includes("\\\\") ? JSON.stringify(text) : '"' + text + '"';
};`;

function functionOf({ path, fields }) {
  const names = fields.map(({ name }) => name);
  const cases = names.map((name) => `case ${literal(name)}: ${name} = value; break;`);
  return `(fields) => {
  let ${names.join(", ")}, text;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value != null) switch (name) { ${cases.join(" ")} default: return; }
  }
  const request = {};
  let body = "{";
  ${fields.map((field, at) => KINDS[field.is](field, at === 0 ? "" : ",")).join("\n  ")}
  return { ok: true, path: ${literal(path)}, body: body + "}", seconds: duration, request, issues: [] };
}`;
}

/** By kind, the statements that look at a field, and write it into request and body. The first field is required. */
const KINDS = {
  text: ({ name, most, required }, comma) => {
    const look = `if ((text = json(${name}, ${most}, fits${most})) === undefined`;
    const write = written(name, "text", comma);
    return required
      ? `${look} || !said.test(${name})) return; ${write}`
      : `if (${name} != null && ${name} !== "") { ${look}) return; ${write} }`;
  },
  address: ({ name, required }, comma) => {
    const look = `if (typeof ${name} !== "string" || !address.test(${name})) return;`;
    const write = written(name, `'"' + ${name} + '"'`, comma);
    return required ? `${look} ${write}` : `if (${name} != null) { ${look} ${write} }`;
  },
  number: (field) => {
    const { name, whole, least, most } = field;
    const isOne = `typeof ${name} === "number" && ${name} >= ${least} && ${name} <= ${most}${whole ? ` && ${name} % 1 === 0` : ""}`;
    // Negative zero is zero.
    return defaulted(field, isOne, name, `${name} += 0; `);
  },
  word: (field) => defaulted(field, `${literal(field.words)}.includes(${field.name})`, `'"' + ${field.name} + '"'`),
  flag: (field) => defaulted(field, `typeof ${field.name} === "boolean"`, field.name),
};

const written = (name, text, comma) => `request.${name} = ${name}; body += '${comma}"${name}":' + ${text};`;

/** A field that is accepted as its default where it is not given, and not sent where it is that. */
function defaulted({ name, default: usual }, isOne, text, tidy = "") {
  const look = `if (${name} == null) ${name} = ${literal(usual)}; else if (!(${isOne})) return;`;
  return `${look} ${tidy}request.${name} = ${name}; if (${name} !== ${literal(usual)}) body += ',"${name}":' + ${text};`;
}

const literal = (value) => JSON.stringify(value);

/** A pattern in plain ASCII. */
const pattern = (source) =>
  String(new RegExp(source)).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
