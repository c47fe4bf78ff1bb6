import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A simulator's memory. With a file it is written whole before every answer, so that the records outlive a kill -9 of
 * the demo; without one it is only memory.
 */
export interface Store<State> {
  readonly state: State;
  save(): void;
  replace(next: State): void;
  /** Called after every save. */
  onSave(listener: () => void): void;
}

export function openStore<State extends object>(file: string | undefined, initial: () => State): Store<State> {
  let state = (file && readState<State>(file)) || initial();
  const listeners: (() => void)[] = [];
  const write = () => {
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  };
  const save = () => {
    write();
    for (const listener of listeners) listener();
  };
  return {
    get state() {
      return state;
    },
    save,
    replace(next) {
      state = next;
      save();
    },
    onSave(listener) {
      listeners.push(listener);
    },
  };
}

function readState<State>(file: string): State | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as State;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
