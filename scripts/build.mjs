// Builds what changed since the last time: widget, console and server, in parallel.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBuildLock } from "./build-lock.mjs";
import { bundleServer } from "./bundle-server.mjs";
import { hashOf } from "./hash-of.mjs";
import { precompress } from "./precompress.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const cache = join(root, "node_modules/.cache/rolodesk");
const always = ["packages", "scripts", "pnpm-lock.yaml"];

const targets = [
  {
    name: "widget",
    inputs: ["widget"],
    outputs: ["widget/dist/loader.js.br"],
    async build() {
      rmSync(join(root, "widget/dist"), { recursive: true, force: true });
      await viteBuild("widget/vite.config.ts");
      await viteBuild("widget/vite.loader.config.ts");
      await precompress(join(root, "widget/dist"));
    },
  },
  {
    name: "console",
    inputs: ["sidebar"],
    outputs: ["sidebar/dist/index.html.br"],
    async build() {
      await viteBuild("sidebar/vite.config.ts");
      await precompress(join(root, "sidebar/dist"));
    },
  },
  {
    name: "server",
    inputs: ["server"],
    outputs: ["server/dist/main.js"],
    build: () => bundleServer(root),
  },
];

async function viteBuild(configFile) {
  const manifest = createRequire(join(root, "widget/package.json")).resolve("vite/package.json");
  const { build } = await import(pathToFileURL(join(dirname(manifest), "dist/node/index.js")).href);
  await build({ configFile: join(root, configFile), logLevel: "warn" });
}

async function buildIfChanged({ name, inputs, outputs, build }) {
  const stampFile = join(cache, `${name}.stamp`);
  const stamp = hashOf(root, [...always, ...inputs]);
  const current = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (current && outputs.every((file) => existsSync(join(root, file)))) return;
  const started = performance.now();
  rmSync(stampFile, { force: true });
  await build();
  writeFileSync(stampFile, stamp);
  console.log(`Built the ${name} in ${Math.round(performance.now() - started)} ms.`);
}

mkdirSync(cache, { recursive: true });
await withBuildLock(join(cache, "build.lock"), async () => {
  const results = await Promise.allSettled(targets.map(buildIfChanged));
  for (const { reason } of results) if (reason) console.error(reason);
  if (results.some(({ status }) => status === "rejected")) process.exitCode = 1;
});
