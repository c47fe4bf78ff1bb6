import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** `server/dist/main.js`, or another entry: our own packages inlined, everything from npm left where it is. */
export async function bundleServer(root, { entry = "server/main.ts", outfile = "server/dist/main.js" } = {}) {
  const require = createRequire(join(root, "server/package.json"));
  const ownPackages = {
    name: "own-packages",
    setup(build) {
      build.onResolve({ filter: /^@rolodesk\// }, ({ path }) => ({ path: realpathSync(require.resolve(path)) }));
    },
  };
  await require("esbuild").build({
    entryPoints: [join(root, entry)],
    outfile: join(root, outfile),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    packages: "external",
    plugins: [ownPackages],
    logLevel: "warning",
  });
}
