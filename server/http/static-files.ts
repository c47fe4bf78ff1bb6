import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Context } from "hono";
import type { AppEnv } from "./doors.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mp3": "audio/mpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Folders and files of plain names; nothing hidden, nothing that climbs out. */
const PLAIN_PATH = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

const ENCODINGS = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

export interface ServeOptions {
  /** The name changes with the content, so it may be kept for ever. */
  readonly immutable?: boolean;
  readonly maxAgeS?: number;
}

export type ServeFile = (c: Context<AppEnv>, path: string, options?: ServeOptions) => Promise<Response | undefined>;

interface Loaded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mtimeMs: number;
}

/** Serves the built files below a folder, compressed beforehand where the build left a `.br` or `.gz` beside them. */
export function createStaticFiles(root: string): ServeFile {
  const loaded = new Map<string, Loaded>();

  async function load(path: string): Promise<Loaded | undefined> {
    const file = join(root, path);
    const info = await stat(file).catch(() => undefined);
    if (!info?.isFile()) return undefined;
    const held = loaded.get(path);
    if (held?.mtimeMs === info.mtimeMs) return held;
    const fresh = { bytes: new Uint8Array(await readFile(file)), mtimeMs: info.mtimeMs };
    loaded.set(path, fresh);
    return fresh;
  }

  return async (c, path, { immutable = false, maxAgeS = 0 } = {}) => {
    const type = TYPES[extname(path)];
    if (!type || !PLAIN_PATH.test(path)) return undefined;
    const plain = await load(path);
    if (!plain) return undefined;

    const etag = `"${plain.bytes.length.toString(36)}-${Math.round(plain.mtimeMs).toString(36)}"`;
    c.header("ETag", etag);
    c.header("Vary", "Accept-Encoding");
    c.header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : `public, max-age=${maxAgeS}`);
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);

    c.header("Content-Type", type);
    const accepted = c.req.header("accept-encoding") ?? "";
    for (const { name, suffix } of ENCODINGS) {
      const packed = accepted.includes(name) ? await load(path + suffix) : undefined;
      if (!packed) continue;
      c.header("Content-Encoding", name);
      return c.body(packed.bytes);
    }
    return c.body(plain.bytes);
  };
}
