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

const SUFFIXES = { br: ".br", gzip: ".gz" } as const;

interface ServeOptions {
  /** The name changes with the content, so it may be kept for ever. */
  readonly immutable?: boolean;
  readonly maxAgeS?: number;
}

type ServeFile = (c: Context<AppEnv>, path: string, options?: ServeOptions) => Promise<Response | undefined>;

interface Loaded {
  readonly mtimeMs: number;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** By encoding, the best first. */
  readonly packed: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
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
    const fresh = {
      mtimeMs: info.mtimeMs,
      plain: new Uint8Array(await readFile(file)),
      packed: await readPacked(file),
    };
    loaded.set(path, fresh);
    return fresh;
  }

  return async (c, path, { immutable = false, maxAgeS = 0 } = {}) => {
    const type = TYPES[extname(path)];
    if (!type || !PLAIN_PATH.test(path)) return undefined;
    const file = await load(path);
    if (!file) return undefined;

    const etag = `"${file.plain.length.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`;
    c.header("ETag", etag);
    c.header("Vary", "Accept-Encoding");
    c.header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : `public, max-age=${maxAgeS}`);
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);

    c.header("Content-Type", type);
    const accepted = c.req.header("accept-encoding") ?? "";
    for (const [encoding, bytes] of file.packed) {
      if (!accepted.includes(encoding)) continue;
      c.header("Content-Encoding", encoding);
      return c.body(bytes);
    }
    return c.body(file.plain);
  };
}

async function readPacked(file: string): Promise<Loaded["packed"]> {
  const packed = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [encoding, suffix] of Object.entries(SUFFIXES)) {
    const bytes = await readFile(file + suffix).catch(() => undefined);
    if (bytes) packed.set(encoding, new Uint8Array(bytes));
  }
  return packed;
}
