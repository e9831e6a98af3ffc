// What an independent tool says of a video, and images to make videos from.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, deflateSync } from "node:zlib";

const run = promisify(execFile);

/** ffprobe's view of a file: container, video and audio stream. */
export async function probe(path) {
  const { stdout } = await run("ffprobe", [
    "-v", "error", "-count_packets", "-show_format", "-show_streams", "-of", "json", path,
  ]);
  const { format, streams } = JSON.parse(stdout);
  return {
    container: format.format_name,
    bytes: Number(format.size),
    seconds: Number(format.duration),
    tags: format.tags,
    video: streams.find((stream) => stream.codec_type === "video"),
    audio: streams.find((stream) => stream.codec_type === "audio"),
  };
}

/** Whether the index stands before the frames, so that playing starts before the whole file is there. */
export function isFastStart(bytes) {
  const text = Buffer.from(bytes);
  return text.indexOf("moov") >= 0 && text.indexOf("moov") < text.indexOf("mdat");
}

/** A photo-like JPEG of that size. */
export async function makeJpeg(path, width, height) {
  await run("ffmpeg", [
    "-v", "error", "-y", "-f", "lavfi", "-i", `mandelbrot=size=${width}x${height}:start_scale=0.02`,
    "-frames:v", "1", "-q:v", "3", path,
  ]);
  return path;
}

/** A video of so many seconds at 24 frames a second, with a tone. */
export async function makeVideo(path, seconds, size = "320x180") {
  await run("ffmpeg", [
    "-v", "error", "-y", "-f", "lavfi", "-i", `testsrc=size=${size}:rate=24:duration=${seconds}`,
    "-f", "lavfi", "-i", `sine=frequency=330:duration=${seconds}`, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "12",
    "-c:a", "aac", "-movflags", "+faststart", path,
  ]);
  return path;
}

/** A GIF, whatever the path's ending says. */
export async function makeGif(path, width, height) {
  await run("ffmpeg", [
    "-v", "error", "-y", "-f", "lavfi", "-i", `color=c=teal:size=${width}x${height}`,
    "-frames:v", "1", "-f", "gif", path,
  ]);
  return path;
}

/** Bytes that are no image at all. */
export async function makeNoise(path, bytes) {
  await writeFile(path, randomBytes(bytes));
  return path;
}

/** A real PNG of that size, padded with an ancillary chunk to about `bytes`; `about` are further chunks. */
export async function makePng(path, width, height, bytes, about = []) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((1 + width * 3) * height));
  const padding = randomBytes(Math.max(0, bytes - pixels.length - 200));
  await writeFile(path, Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("ruSh", padding),
    ...about.map(([name, data]) => chunk(name, data)),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]));
  return path;
}

/** One segment of a JPEG. */
export function jpegSegment(marker, body) {
  return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
}

/** A JPEG with EXIF that names a place, XMP that does, a comment, and a second picture behind the first. */
export function withGps(jpeg) {
  const exif = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0GPS-CANARY";
  const xmp = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='GPS-CANARY'/>";
  return Buffer.concat([
    jpeg.subarray(0, 2),
    jpegSegment(0xe1, Buffer.from(exif, "latin1")),
    jpegSegment(0xe1, Buffer.from(xmp, "latin1")),
    jpegSegment(0xfe, Buffer.from("GPS-CANARY")),
    jpeg.subarray(2),
    Buffer.from("GPS-CANARY"),
  ]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(8 + data.length + 4);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), 8 + data.length);
  return framed;
}
