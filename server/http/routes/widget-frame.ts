import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { clientAddress } from "../../limits/client-address.ts";
import { takeToken } from "../../limits/rate-limited.ts";
import { createTokenBuckets } from "../../limits/token-buckets.ts";
import { ownOrigins } from "../../own-origins.ts";
import { readSiteOrigins } from "../../views/site.ts";
import type { AppEnv, Area } from "../doors.ts";
import { contentPolicy, socketOrigin } from "../standard-headers.ts";

/** What the build writes about its entries (Vite, `build.manifest`). */
const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    css: z.array(z.string()).optional(),
  }),
);

/** High, because offices and mobile networks share an address. */
const FRAMES_PER_ADDRESS = { burst: 400, refillMs: 20 };

/** The page inside the iframe. Only the site's own origins, and ours, may frame it. */
export const widgetFrame: Area = ({ db, config }, { staticRoot, trustProxy }) => {
  const frames = createTokenBuckets(FRAMES_PER_ADDRESS);
  const readEntry = createEntryReader(join(staticRoot, "widget/dist/manifest.json"));
  const own = [...ownOrigins(config.publicUrl)];

  return new Hono<AppEnv>().get("/:siteKey", async (c) => {
    takeToken(frames, clientAddress(c.env?.incoming, trustProxy), "Too many chats were opened from your network.");
    const siteKey = c.req.param("siteKey");
    const allowedOrigins = [...new Set([...(await readSiteOrigins(db, siteKey)), ...own])];
    const nonce = randomBytes(16).toString("base64url");
    // CSP's grammar has no IPv6 addresses: browsers complain about them and go on
    const ancestors = allowedOrigins.filter((origin) => !origin.includes("["));
    c.header(
      "Content-Security-Policy",
      contentPolicy({
        connect: socketOrigin(config.publicUrl),
        frameAncestors: ["'self'", ...ancestors].join(" "),
        nonce,
      }),
    );
    return c.html(frameHtml(await readEntry(), nonce, JSON.stringify({ siteKey, allowedOrigins })));
  });
};

interface Entry {
  readonly script: string;
  readonly styles: readonly string[];
}

function createEntryReader(manifestFile: string): () => Promise<Entry> {
  let entry: Entry | undefined;
  return async () => {
    entry ??= toEntry(Manifest.parse(JSON.parse(await readFile(manifestFile, "utf8"))));
    return entry;
  };
}

function toEntry(manifest: z.output<typeof Manifest>): Entry {
  const found = Object.values(manifest).find(({ isEntry }) => isEntry);
  if (!found) throw new Error("The widget's manifest names no entry.");
  return { script: found.file, styles: found.css ?? [] };
}

function frameHtml({ script, styles }: Entry, nonce: string, boot: string): string {
  const links = styles.map((file) => `<link rel="stylesheet" href="/widget/${file}" nonce="${nonce}">`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Chat</title>${links}</head>
<body><div id="app"></div>
<script type="application/json" id="rolodesk-boot" nonce="${nonce}">${boot.replaceAll("<", "\\u003c")}</script>
<script type="module" src="/widget/${script}" nonce="${nonce}"></script></body></html>`;
}
