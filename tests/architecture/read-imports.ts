import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

export interface Import {
  /** Path from the project's folder. */
  readonly file: string;
  /** A path from the project's folder without its ending, or a package as written. */
  readonly target: string;
  readonly typesOnly: boolean;
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;
const NOT_OURS = new Set(["node_modules", "dist"]);

/** Every import of the sources below a folder, static and dynamic. */
export function readImports(folder: string): Import[] {
  return sourcesBelow(join(ROOT, folder)).flatMap((path) => {
    const file = relative(ROOT, path).replaceAll("\\", "/");
    // template texts may show code
    const text = readFileSync(path, "utf8").replace(/`[^`]*`/g, "``");
    return [...text.matchAll(STATEMENT)].map(([, type, from, dynamic]) => ({
      file,
      target: targetOf(file, from ?? dynamic ?? ""),
      typesOnly: type !== undefined,
    }));
  });
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : sourcesBelow(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function targetOf(file: string, from: string): string {
  if (!from.startsWith(".")) return from;
  return posix.join(dirname(file), from).replace(/\.tsx?$/, "");
}
