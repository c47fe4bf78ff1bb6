import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError } from "@rolodesk/shared/api-error";
import type { Site } from "@rolodesk/shared/site";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mint } from "../support/ids.ts";

let rig: ChatRig;
let site: Site;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "rolodesk-static-"));
  put(
    "widget/dist/manifest.json",
    JSON.stringify({ "frame.html": { file: "assets/app-abc.js", isEntry: true, css: ["assets/app-abc.css"] } }),
  );
  put("widget/dist/loader.js", "loader()");
  put("widget/dist/loader.js.br", "packed");
  put("widget/dist/assets/app-abc.js", "app()");
  put("sidebar/dist/index.html", "<!doctype html><title>Console</title>");
  put("sidebar/dist/assets/main-abc.js", "main()");
  put("secret.txt", "secret");
  rig = await createChatRig({ staticRoot: root });
  site = await rig.makeSite({ origins: ["https://shop.example.com", "https://*.example.org"] });
});
afterAll(async () => {
  await rig.close();
  rmSync(root, { recursive: true });
});

function put(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
}

test("of the widget may be fetched by every page, compressed where the build left it so", async () => {
  const loader = await fetch(`${rig.url}/widget/loader.js`, { headers: { "accept-encoding": "gzip" } });
  expect(await loader.text()).toBe("loader()");
  expect(loader.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(loader.headers.get("access-control-allow-origin")).toBe("*");
  expect(loader.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(loader.headers.get("cache-control")).toBe("public, max-age=300");
  const etag = loader.headers.get("etag") ?? "";
  expect((await fetch(`${rig.url}/widget/loader.js`, { headers: { "if-none-match": etag } })).status).toBe(304);
  const hashed = await fetch(`${rig.url}/widget/assets/app-abc.js`);
  expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(
    (await fetch(`${rig.url}/widget/loader.js`, { method: "HEAD", headers: { "accept-encoding": "br" } })).headers.get(
      "content-encoding",
    ),
  ).toBe("br");
});

test("of the console: every path that is no file is one of its screens", async () => {
  for (const path of ["/app/inbox", "/app/inbox/123", "/app/settings/users", "/app/"]) {
    expect(await (await fetch(rig.url + path)).text(), path).toContain("Console");
  }
  expect((await fetch(`${rig.url}/app/assets/gone.js`)).status).toBe(404);
  expect((await fetch(`${rig.url}/app`, { redirect: "manual" })).headers.get("location")).toBe("/app/inbox");
});

test.each([
  "/app/../../secret.txt",
  "/app/..%2f..%2fsecret.txt",
  "/widget/assets/%2e%2e/%2e%2e/%2e%2e/secret.txt",
  "/widget/assets/..%5c..%5csecret.txt",
  "/app/.vite/manifest.json",
])("outside the built folders are out of reach: %s", async (path) => {
  const { host } = new URL(rig.url);
  const [hostname, port] = host.split(":");
  const body = await new Promise<string>((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    })
      .on("error", reject)
      .end();
  });
  expect(body).not.toContain("secret");
});

test("the widget's page may be framed by its site alone, and runs no script but ours", async () => {
  const frame = await fetch(`${rig.url}/widget/frame/${site.key}`);
  const policy = frame.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("https://shop.example.com https://*.example.org");
  expect(frame.headers.get("x-frame-options")).toBeNull();
  const html = await frame.text();
  const nonce = /script-src 'self' 'nonce-([\w-]{16,})'/.exec(policy)?.[1];
  expect(html).toContain(`<script type="module" src="/widget/assets/app-abc.js" nonce="${nonce}"></script>`);
  const boot = /<script type="application\/json"[^>]*>(.*?)<\/script>/.exec(html)?.[1] ?? "";
  expect(JSON.parse(boot)).toMatchObject({ siteKey: site.key });
  expect((await fetch(`${rig.url}/widget/frame/${mint("none")}`)).status).toBe(404);
});

test("a site's public face may be read by its own pages, and holds no more than it needs", async () => {
  const answer = await faceFor("https://shop.example.com");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("vary")).toContain("Origin");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  const body = (await answer.json()) as Record<string, unknown>;
  expect(Object.keys(body).sort()).toEqual(["accent", "agentsOnline", "ask", "greeting", "name", "siteKey"]);
});

test("a website that may not show the chat is told so, with what to do", async () => {
  for (const origin of ["https://any.test", "null"]) {
    const answer = await faceFor(origin);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(ApiError.parse(await answer.json()).message).toContain("Settings, Sites");
  }
  const own = await faceFor(rig.url);
  expect(own.status).toBe(200);
});

function faceFor(origin: string): Promise<Response> {
  return fetch(`${rig.url}/widget/api/sites/${site.key}`, { headers: { origin } });
}
