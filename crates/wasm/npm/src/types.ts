// What goes in and what comes out, as types. Field names of requests are the API's own.

/** One of the two documented ways to make a video. */
export type Endpoint = "text-to-video" | "image-to-video";

/** Length of a video or a shot in whole seconds, 3 to 15. Source: Kling v3.0 Standard, `duration`. */
export type Duration = 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** Shape of the picture: 1280 × 720, 720 × 1280 or 720 × 720 pixels. Source: Kling v3.0 Standard, `aspect_ratio`. */
export type AspectRatio = "16:9" | "9:16" | "1:1";

/**
 * An image: a public http(s) URL, a data URI, bare base64, or the file itself.
 *
 * PNG or JPEG by content, at most 10 MB (10 × 1024 × 1024 bytes), both sides at least 300 pixels, between 1:2.5 and
 * 2.5:1. Files and inline text are checked before anything is sent; what is behind a URL is not known here.
 */
export type ImageInput = string | URL | Blob | ArrayBuffer | ArrayBufferView;

interface Common {
  /** What the video shows: 1 to 2500 characters (Unicode scalar values), not only white space. */
  prompt: string;
  /** What to keep out: at most 2500 characters. */
  negative_prompt?: string | null | undefined;
  /** How closely the prompt is followed, 0 (most freedom) to 1 (strictly). Default 0.5. */
  cfg_scale?: number | null | undefined;
  /** Whether sound is made with the video. Default false; with sound a second costs more. */
  sound?: boolean | null | undefined;
}

/** A text-to-video request. */
export interface TextToVideoRequest extends Common {
  /** Length in seconds, 3 to 15. Default 5. */
  duration?: Duration | null | undefined;
  /** Shape of the picture. Default `16:9`. */
  aspect_ratio?: AspectRatio | null | undefined;
}

/** One shot of an image-to-video request. */
export interface Shot {
  /** What the shot shows: 1 to 2500 characters; Kling itself reads 512. */
  prompt: string;
  /** Length in seconds, 3 to 15. Default 5. */
  duration?: Duration | null | undefined;
}

interface ImageCommon extends Common {
  /** The first frame. */
  image: ImageInput;
  /** Length in seconds, 3 to 15. Default 5; with shots their sum, and best left out. */
  duration?: Duration | null | undefined;
}

/** An image-to-video request in one take, arriving at an end frame or not. */
export interface SingleTakeRequest extends ImageCommon {
  /** The last frame. Not together with `multi_prompt`. */
  end_image?: ImageInput | null | undefined;
  /** Not beside a last frame: see {@link MultiShotRequest}. */
  multi_prompt?: null | undefined;
}

/** An image-to-video request in shots. */
export interface MultiShotRequest extends ImageCommon {
  /** The shots, whose durations add up to 3 to 15 seconds. Not together with `end_image`. */
  multi_prompt: readonly Shot[];
  /** Not beside shots: see {@link SingleTakeRequest}. */
  end_image?: null | undefined;
}

/** An image-to-video request: in one take, or in shots. */
export type ImageToVideoRequest = SingleTakeRequest | MultiShotRequest;

/** The request that an endpoint takes. */
export type RequestOf<E extends Endpoint> = E extends "text-to-video" ? TextToVideoRequest : ImageToVideoRequest;

/** A stable name for one kind of problem. */
export type IssueCode =
  | "required"
  | "wrong_type"
  | "blank"
  | "too_long"
  | "not_an_integer"
  | "out_of_range"
  | "not_allowed"
  | "unknown_field"
  | "conflict"
  | "empty"
  | "duration_mismatch"
  | "bad_image_source"
  | "image_format"
  | "image_unreadable"
  | "image_too_big"
  | "image_too_small"
  | "image_ratio";

/** A limit or an actual value in an {@link Issue}. */
export type Detail = boolean | number | string | { min: number; max: number } | Detail[];

/** One thing wrong with a request. */
export interface Issue {
  /** Where, as a JSON Pointer: `/multi_prompt/1/duration`; empty for the whole request. */
  path: string;
  /** What kind of problem. */
  code: IssueCode;
  /** An error stops the request, a warning does not. */
  severity: "error" | "warning";
  /** A sentence a person can act on. */
  message: string;
  /** The limit that was broken. */
  limit?: Detail;
  /** The value that broke it. */
  actual?: Detail;
  /** What was probably meant. */
  hint?: string;
}

/** What {@link check} finds. */
export type CheckResult<E extends Endpoint = Endpoint> =
  | {
      ok: true;
      /** The accepted request with its defaults; images given as files stay files. */
      request: RequestOf<E>;
      /** The exact JSON text that is sent. */
      body: string;
      /** What its author should know; never errors. */
      warnings: Issue[];
    }
  | {
      ok: false;
      /** Everything that is wrong, in the order of the API's tables; warnings are among it. */
      issues: Issue[];
    };

/** What an image's header says. */
export interface ImageInspection {
  /** By content, whatever the name says; `null` where it is neither, or the header is damaged. */
  format: "png" | "jpeg" | null;
  /** Pixels as shown (EXIF orientation applied). */
  width: number | null;
  /** Pixels as shown (EXIF orientation applied). */
  height: number | null;
  /** EXIF orientation, 1 to 8; 1 where none is given. */
  orientation: number | null;
  /** Size of the file. */
  bytes: number;
  /** Everything the API would refuse it for, and warnings; empty when all is well. */
  issues: Issue[];
}

/** Prices of one's own for {@link estimate}; what is not given is the built-in price. */
export interface Rates {
  /** US dollars per second without sound. */
  silent?: number;
  /** US dollars per second with sound. */
  sound?: number;
  /** Who says so. */
  source?: string;
  /** When it was read, `YYYY-MM-DD`. */
  asOf?: string;
}

/** What a request will probably cost. */
export interface Estimate {
  /** Seconds of video. */
  seconds: number;
  /** US dollars for the whole video. */
  usd: number;
  /** US dollars per second. */
  ratePerSecond: number;
  /** Where the price comes from. */
  source: string;
  /** When it was read, `YYYY-MM-DD`. */
  asOf: string;
}

/** What may go along with a call. */
export interface CallOptions {
  /**
   * Stops waiting, at once, with the signal's own reason. A signal aborted before the call sends nothing; one aborted
   * later neither cancels nor fails a task, and a request that was on its way may still be accepted and billed.
   */
  signal?: AbortSignal | null | undefined;
  /** The same under the name that other clients have for it; `signal` goes first. */
  abortSignal?: AbortSignal | null | undefined;
}

/** What may go along with a create. */
export interface CreateOptions extends CallOptions {
  /**
   * Milliseconds to wait for the answer, above 0; `null` for ever. Default: the client's `timeout`. A create that runs
   * out of it is `unsure`.
   */
  timeout?: number | null | undefined;
  /** More headers for this request, on top of the client's. */
  headers?: HeadersLike | undefined;
}

/** Headers as `fetch` takes them: an object, a list of pairs, or `Headers`. */
export type HeadersLike = Readonly<Record<string, string>> | Iterable<readonly [string, string]>;

/**
 * How a file is written into the request: as a data URI (`data:image/png;base64,…`, what other clients of this route
 * send), or as bare base64 (what Kling itself takes). Text that is given inline is sent as it came.
 */
export type InlineForm = "data-uri" | "base64";

/** One HTTP request, as a debug hook is told of it: without any header, body or key. Times are milliseconds. */
export type DebugEvent =
  | {
      /** It is being sent. */
      type: "request";
      /** `POST` for a create, `GET` for a look. */
      method: "GET" | "POST";
      /** Where to, the task's id included. */
      url: string;
      /** Size of its body. */
      bytes: number;
    }
  | {
      /** An answer came, whole or not. */
      type: "answer";
      /** `POST` for a create, `GET` for a look. */
      method: "GET" | "POST";
      /** Where to, the task's id included. */
      url: string;
      /** Since it was sent. */
      ms: number;
      /** HTTP status. */
      status: number;
      /** What the provider calls the request, where it says so. */
      requestId: string | undefined;
    }
  | {
      /** `not_sent`: surely no connection was made. `lost`: it may have arrived, no answer came. */
      type: "not_sent" | "lost";
      /** `POST` for a create, `GET` for a look. */
      method: "GET" | "POST";
      /** Where to, the task's id included. */
      url: string;
      /** Since it was sent. */
      ms: number;
      /** What is known of it. */
      detail: string;
    }
  | {
      /** The caller's signal was aborted meanwhile. */
      type: "aborted";
      /** `POST` for a create, `GET` for a look. */
      method: "GET" | "POST";
      /** Where to, the task's id included. */
      url: string;
      /** Since it was sent. */
      ms: number;
    };

/** Stands in a stored request for an image that was sent in it: the image itself is not stored. */
export interface StoredImage {
  /** Size of the file; of an image given as text, of that text. */
  bytes: number;
  /** SHA-256 of the same in hexadecimal; `null` where there is no `crypto.subtle` (pages over http, Node 18). */
  sha256: string | null;
}

interface IntentParts {
  /** Names it: letters, digits and hyphens, never the same twice. Keys sort by time. */
  key: string;
  /** How it is made. */
  endpoint: Endpoint;
  /** When it was confirmed: ISO 8601. */
  createdAt: string;
  /** Length of its video in seconds. */
  seconds: number;
  /** Where it was sent. */
  baseURL: string;
  /** As it was sent, but for images: an address stays, anything else is a {@link StoredImage}. */
  request: Record<string, unknown>;
}

/**
 * What a store keeps of one create: plain JSON, without a secret, and small (nothing of an image but its address or its
 * size and digest).
 *
 * `sending`: about to be sent, or on its way. Found after a crash it is as good as `unsure`. `unsent`: surely not sent.
 * `refused`: surely not accepted. `unsure`: nobody knows, it may have been billed. `accepted`: it has a task, which
 * `rushes.task(intent)` takes up.
 */
export type Intent = IntentParts &
  (
    | {
        /** See {@link Intent}. */
        state: "accepted";
        /** What `rushes.task` takes. */
        task: TaskJSON;
      }
    | {
        /** See {@link Intent}. */
        state: "sending" | "unsent" | "refused" | "unsure";
        /** There is none, as far as is known. */
        task?: never;
        /** What was told: the error's `toJSON()`. Absent where the signal was aborted. */
        error?: Record<string, unknown>;
      }
  );

/** What a client tells its store of a create that is about to be sent: a request that was confirmed and is valid. */
export interface Confirmed {
  /** How it is made. */
  endpoint: Endpoint;
  /** Length of its video in seconds. */
  seconds: number;
  /** Where it goes. */
  baseURL: string;
  /** The body, with something short in the places of its files. */
  outline: string;
  /** Those files, by the name of their field. */
  files: ReadonlyMap<string, Blob>;
  /** A text without the client's key, wherever it stands in it. */
  scrub(text: string): string;
}

/** What came of an intent. */
export interface IntentOutcome {
  /** See {@link Intent}. */
  state: "accepted" | "unsent" | "refused" | "unsure";
  /** The task, where it was accepted. */
  task?: TaskJSON;
  /** What the create is rejected with, where it was not. */
  error?: unknown;
}

/**
 * Keeps what is sent. Ready-made: `indexedDBStore()` of `rushes/store`, `fileStore(folder)` of `rushes/store/node`; and
 * `intentStore({ put })` of `rushes/store` makes one of wherever you keep things.
 */
export interface IntentStore {
  /**
   * Called, and waited for, before a create is sent. Where it rejects, nothing is sent. What it gives is called, and
   * waited for, once it is known what came of the create; it never rejects, and an abort ends the waiting at once.
   */
  begin(confirmed: Confirmed, signal: AbortSignal | undefined): Promise<(outcome: IntentOutcome) => Promise<void>>;
}

/** Where a task stands. `unknown` is a word that the API did not document: the task goes on. */
export type TaskStatus = "queued" | "processing" | "succeeded" | "failed" | "unknown";

/** What is stored of a task to find it again: `JSON.stringify(task)`, then `rushes.task(JSON.parse(text))`. */
export interface TaskJSON {
  /** The id the API gave. */
  id: string;
  /** How it was made, where known. */
  endpoint?: Endpoint;
  /** When it was created, where known: ISO 8601. */
  createdAt?: string;
  /** Length of its video in seconds, where known: it tells how soon to look. */
  seconds?: number;
  /** Whether it has sound, which takes longer: `true`, or absent. */
  sound?: true;
}
