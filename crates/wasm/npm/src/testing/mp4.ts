// A real, playable MP4 of under a kilobyte: one dark frame of H.264, shown as long as is asked. ISO/IEC 14496-12, -15.

import type { AspectRatio } from "rushes";

/**
 * One coded frame of an even dark blue in each shape, base64 (x264, Main profile, level 3.1): its sequence parameter
 * set, and the slice, most of which repeats itself.
 */
const FRAMES: Record<AspectRatio, { width: number; height: number; sps: string; slice: string }> = {
  "16:9": {
    width: 1280,
    height: 720,
    sps: "Z01AH9oBQBbsBagICAoAAAMAAgAAAwBgHjBlQA==",
    slice:
      "ZYiECv/+pH8Cje2KdnMRv1mqq4U82kOL9AAAAwAAAwAAAwAAO8JPQYpRe240AAADAAAFsAALeAAbwABYgAFQAAVwAB/AAJkABDQAH2AAxQAHWAAA" +
      `${"AwAA".repeat(38)}AwABsw==`,
  },
  "9:16": {
    width: 720,
    height: 1280,
    sps: "Z01AH9oC0ChsBagICAoAAAMAAgAAAwBgHjBlQA==",
    slice:
      "ZYiECv/+pH8Cje2KdnMRv1mqq4U82kOL9AAAAwAAAwAACWzwtutppI8QAAADAHIAQ4EHBKgXwKYGgDfCCBfBIA5Q" +
      `${"AAAD".repeat(46)}AADZgQ==`,
  },
  "1:1": {
    width: 720,
    height: 720,
    sps: "Z01AH9oC0FuwFqAgICgAAAMACAAAAwGAeMGV",
    slice:
      "ZYiECv/+pH8Cje2KdnMRv1mqq4U82kOL9AAAAwAAAwAACWzwtutppI8QAAADAHIAQ4EHBKgXwKYGgDfCCBfBIA5Q" +
      `${"AAAD".repeat(22)}Asc=`,
  },
};
/** The picture parameter set, the same for all. */
const PPS = "aO8Dksg=";

/** Ticks per second of every clock in the file. */
const TIMESCALE = 1000;

/** A video without sound of that many seconds in that shape: 1280 × 720, 720 × 1280 or 720 × 720 pixels. */
export function mp4(seconds: number, shape: AspectRatio): Uint8Array<ArrayBuffer> {
  const { width, height, sps, slice } = FRAMES[shape];
  const frame = bytes(slice);
  const ticks = Math.round(seconds * TIMESCALE);
  const sample = [u32(frame.length), frame];
  const head = box("ftyp", text("isom"), u32(0x200), text("isomiso2avc1mp41"));
  const media = box("mdat", ...sample);
  const stsd = full("stsd", u32(1), entry(width, height, bytes(sps), bytes(PPS)));
  const table = box(
    "stbl",
    stsd,
    full("stts", u32(1), u32(1), u32(ticks)),
    full("stsc", u32(1), u32(1), u32(1), u32(1)),
    full("stsz", u32(0), u32(1), u32(frame.length + 4)),
    // The sample starts behind the header of `mdat`.
    full("stco", u32(1), u32(head.length + 8)),
  );
  const data = box("dinf", full("dref", u32(1), box("url ", u32(1))));
  const info = box("minf", box("vmhd", u32(1), zeros(8)), data, table);
  const hdlr = full("hdlr", u32(0), text("vide"), zeros(12), text("video\0"));
  const mdhd = full("mdhd", zeros(8), u32(TIMESCALE), u32(ticks), u16(0x55c4), u16(0));
  const size = [fixed(width), fixed(height)];
  const tkhd = box("tkhd", u32(3), zeros(8), u32(1), u32(0), u32(ticks), zeros(16), MATRIX, ...size);
  const pace = [u32(TIMESCALE), u32(ticks), fixed(1)];
  const mvhd = full("mvhd", zeros(8), ...pace, u16(0x100), zeros(10), MATRIX, zeros(24), u32(2));
  return join([head, media, box("moov", mvhd, box("trak", tkhd, box("mdia", mdhd, hdlr, info)))]);
}

function entry(width: number, height: number, sps: Uint8Array, pps: Uint8Array): Uint8Array {
  // Version, profile, compatibility, level; lengths of four bytes; one set of each kind.
  const profile = sps.subarray(1, 4);
  const sets = [Uint8Array.of(0xff, 0xe1), u16(sps.length), sps, Uint8Array.of(1), u16(pps.length), pps];
  const avcc = box("avcC", Uint8Array.of(1), profile, ...sets);
  // 72 dpi, one frame a sample, no name, 24 bits a pixel.
  const look = [u16(width), u16(height), u32(0x480000), u32(0x480000), u32(0), u16(1), zeros(32), u16(24), u16(0xffff)];
  return box("avc1", zeros(6), u16(1), zeros(16), ...look, avcc);
}

/** The identity: the picture is shown as it is. */
const MATRIX = join([fixed(1), zeros(12), fixed(1), zeros(12), u32(0x40000000)]);

function box(name: string, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = join(parts);
  return join([u32(body.length + 8), text(name), body]);
}

/** A box with version 0 and no flags. */
function full(name: string, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return box(name, u32(0), ...parts);
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}

/** 16.16 fixed point. */
function fixed(value: number): Uint8Array {
  return u32(value << 16);
}

function zeros(count: number): Uint8Array {
  return new Uint8Array(count);
}

function text(value: string): Uint8Array {
  return Uint8Array.from(value, (char) => char.charCodeAt(0));
}

function bytes(base64: string): Uint8Array {
  return text(atob(base64));
}
