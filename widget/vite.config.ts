import { defineConfig } from "vite";

/** The app inside the frame. Built files are served below `/widget/`; the server finds them through `dist/manifest.json`. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/widget/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: false,
    rolldownOptions: {
      input: "src/app/main.tsx",
      output: { entryFileNames: "assets/[name]-[hash].js", chunkFileNames: "assets/[name]-[hash].js" },
    },
  },
});
