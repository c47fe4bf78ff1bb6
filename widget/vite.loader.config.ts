import { build, defineConfig, type UserConfig } from "vite";

/**
 * The script tag, `dist/loader.js`, and the module it loads on a gesture, `dist/assets/panel-<hash>.js`.
 * The panel is built first: the loader carries its name.
 */
export default defineConfig(async (): Promise<UserConfig> => {
  const panelFile = await buildPanel();
  return {
    root: import.meta.dirname,
    define: { __PANEL_FILE__: JSON.stringify(panelFile) },
    build: {
      outDir: "dist",
      emptyOutDir: false,
      target: "es2022",
      lib: { entry: "src/loader/main.ts", formats: ["iife"], name: "RolodeskLoader", fileName: () => "loader.js" },
    },
  };
});

/** Returns the file's path below `dist/`. */
async function buildPanel(): Promise<string> {
  const result = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "warn",
    build: {
      outDir: "dist",
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: "src/panel/panel.ts",
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "assets/panel-[hash].js" },
      },
    },
  });
  const output = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  const entry = output.find((file) => file.type === "chunk" && file.isEntry);
  if (!entry) throw new Error("The panel's build wrote no entry.");
  return entry.fileName;
}
