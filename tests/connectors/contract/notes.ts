import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { ContractCase } from "./harness.ts";

const note = { body: "Asked about delivery.\nTom & Jerry <tom@example.com>", at: "2026-03-01T10:00:00.000Z" };

export const noteCases: readonly ContractCase[] = [
  {
    name: "adds a note with all its words",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      const { noteId } = await h.connector.addNote(ref, note, randomUUID());
      expect(noteId).toMatch(/\S/);
      expect(h.notes(ref)).toHaveLength(1);
      expect(h.notes(ref)[0]).toMatch(
        /Asked about delivery\.[\s\S]*Tom (&|&amp;) Jerry (<|&lt;)tom@example\.com(>|&gt;)/,
      );
    },
  },
  {
    name: "adds a note once per key",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      const key = randomUUID();
      const first = await h.connector.addNote(ref, note, key);
      expect(await h.connector.addNote(ref, note, key)).toEqual(first);
      expect(h.notes(ref)).toHaveLength(1);
      await h.connector.addNote(ref, note, randomUUID());
      expect(h.notes(ref)).toHaveLength(2);
    },
  },
  {
    name: "adds no second note after a lost answer",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      const key = randomUUID();
      h.failNext("lost_answer", "note");
      await expect(h.connector.addNote(ref, note, key)).rejects.toMatchObject({ outcome: "unknown" });
      expect(h.notes(ref)).toHaveLength(1);
      await h.settle?.();
      const { noteId } = await h.connector.addNote(ref, note, key);
      expect(noteId).toMatch(/\S/);
      expect(h.notes(ref)).toHaveLength(1);
    },
  },
  {
    name: "reports a note on a removed record as not_found",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      await h.remove(ref);
      await expect(h.connector.addNote(ref, note, randomUUID())).rejects.toMatchObject({ code: "not_found" });
    },
  },
];
