import { accepted, type Judged } from "./check.js";
import { judgeAll } from "./prepare.js";
import type { Endpoint, RequestOf } from "./types.js";

/** The Standard Schema interface, version 1 (https://standardschema.dev), as far as it is used here. */
export interface RequestSchema<R> {
  /** What the standard asks for. */
  readonly "~standard": {
    /** Of the standard. */
    readonly version: 1;
    /** Who wrote the schema. */
    readonly vendor: "rushes";
    /** Checks a value by every rule of the API; never throws for what it holds. A promise only where it holds a `Blob`. */
    readonly validate: (value: unknown) => SchemaResult<R> | Promise<SchemaResult<R>>;
    /** For TypeScript alone; there is nothing at run time. */
    readonly types?: { readonly input: R; readonly output: R } | undefined;
  };
}

/** What a schema makes of a value: the request with its defaults, or everything that is wrong with it. */
export type SchemaResult<R> =
  | {
      /** The request with its defaults; files stay files. */
      readonly value: R;
      /** None. */
      readonly issues?: undefined;
    }
  | {
      /** Everything that is wrong, with the steps that lead to it; warnings are not among it. */
      readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[];
    };

/**
 * Both requests as Standard Schemas, for form libraries, routers and the like. Synchronous, but for a value that
 * holds a `Blob`, whose header is read.
 */
export const schemas: {
  /** A text-to-video request. */
  readonly textToVideo: RequestSchema<RequestOf<"text-to-video">>;
  /** An image-to-video request. */
  readonly imageToVideo: RequestSchema<RequestOf<"image-to-video">>;
} = /* @__PURE__ */ (() => ({
  textToVideo: schema("text-to-video"),
  imageToVideo: schema("image-to-video"),
}))();

function schema<E extends Endpoint>(endpoint: E): RequestSchema<RequestOf<E>> {
  return { "~standard": { version: 1, vendor: "rushes", validate: (value) => validate(endpoint, value) } };
}

function validate<E extends Endpoint>(
  endpoint: E,
  value: unknown,
): SchemaResult<RequestOf<E>> | Promise<SchemaResult<RequestOf<E>>> {
  const result = (judged: Judged): SchemaResult<RequestOf<E>> => {
    if (judged.ok) return { value: accepted<E>(judged.request, value) };
    const errors = judged.issues.filter((issue) => issue.severity === "error");
    return { issues: errors.map(({ message, path }) => ({ message, path: steps(path) })) };
  };
  const judged = judgeAll(endpoint, value);
  return judged instanceof Promise ? judged.then(result) : result(judged);
}

/** The steps of a JSON Pointer; what is all digits is a place in a list. */
function steps(pointer: string): (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^(0|[1-9]\d*)$/.test(step) ? Number(step) : step));
}
