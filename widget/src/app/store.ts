import type { Disk } from "./disk.ts";

/** What this browser remembers of one site. Until `beginUse` values live in memory alone; nothing is stored. */
export interface Store {
  read(name: StoredName): unknown;
  write(name: StoredName, value: unknown): void;
  /** The visitor has sent something or signed in: from now on it is kept. */
  beginUse(): void;
  inUse(): boolean;
  /** Drops everything; unused again. */
  forget(): void;
  /** Calls `changed` when another tab wrote. Name null: everything was dropped. */
  watch(changed: (name: string | null) => void): void;
}

type StoredName = "session" | "outbox" | "draft" | "answers" | "previewed";

const NAMES: readonly StoredName[] = ["session", "outbox", "draft", "answers", "previewed"];

export function createStore(siteKey: string, disk: Disk): Store {
  const memory = new Map<string, string>();
  const keyOf = (name: string) => `rolodesk:${siteKey}:${name}`;
  let used = NAMES.some((name) => disk.getItem(keyOf(name)));

  return {
    inUse: () => used,
    read(name) {
      const raw = (used ? disk.getItem(keyOf(name)) : memory.get(name)) ?? "null";
      return parse(raw);
    },
    write(name, value) {
      const raw = JSON.stringify(value);
      if (used) disk.setItem(keyOf(name), raw);
      else memory.set(name, raw);
    },
    beginUse() {
      if (used) return;
      used = true;
      for (const [name, raw] of memory) disk.setItem(keyOf(name), raw);
    },
    forget() {
      used = false;
      memory.clear();
      for (const name of NAMES) disk.removeItem(keyOf(name));
    },
    watch(changed) {
      window.addEventListener("storage", ({ key, newValue }) => {
        const name = NAMES.find((known) => key === keyOf(known));
        if (!name && key !== null) return;
        if (newValue !== null) used = true;
        else used = NAMES.some((kept) => disk.getItem(keyOf(kept)));
        changed(name ?? null);
      });
    },
  };
}

/** Null for what is not JSON: the visitor, or an extension, can write anything there. */
function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
