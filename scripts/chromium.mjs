import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const args = ["--no-sandbox", "--disable-dev-shm-usage"];
const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A Chromium for the tests, as Playwright's launch options: $CHROMIUM_PATH, else the system's, else the one npm carries,
 * unpacked once; on machines npm has none for, Playwright's own. CHROMIUM_FROM_NPM=1 skips the system's.
 */
export async function chromium() {
  const candidates = [process.env.CHROMIUM_PATH, ...(process.env.CHROMIUM_FROM_NPM ? [] : INSTALLED)];
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (executablePath) return { executablePath, args, env: process.env };
  if (process.platform !== "linux" || process.arch !== "x64") return { args, env: process.env };
  const folder = join(root, "node_modules/.cache/rolodesk/chromium-147");
  if (!existsSync(join(folder, "complete"))) await unpack(folder);
  return {
    executablePath: join(folder, "chromium"),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
      FONTCONFIG_PATH: join(folder, "fonts"),
    },
  };
}

/** The package unpacks into the temporary folder, and its libraries only where it believes to be in a Lambda. */
async function unpack(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = ["TMPDIR", "AWS_LAMBDA_JS_RUNTIME", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "HOME"];
  const before = names.map((name) => [name, process.env[name]]);
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" });
  const { default: packed } = await import("@sparticuz/chromium");
  await packed.executablePath();
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  // its own list of fonts names a folder that is not there, and the first page would end the browser
  writeFileSync(join(folder, "fonts/fonts.conf"), fontList(folder));
  writeFileSync(join(folder, "complete"), "");
}

function fontList(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}
