import { describe, expect, it } from "vitest";
import { mergeHit } from "../../../server/domain/phone-calls/merge-hit.ts";
import type { PhoneCallState } from "../../../server/domain/phone-calls/phone-call.ts";
import { seeded } from "../../support/seeded.ts";

const NOTHING: PhoneCallState = {
  recordId: null,
  direction: null,
  phone: null,
  status: null,
  startedAt: null,
  durationSeconds: null,
  transcript: null,
  recordingUrl: null,
  disposition: null,
};

const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 9, minute));
const told = (source: "crm" | "workflow" | "person", value: string, minute = 0) => ({
  disposition: { source, value, at: at(minute) },
});

describe("of two that were told of one call", () => {
  const cases: readonly (readonly [
    string,
    Partial<PhoneCallState>,
    Partial<PhoneCallState>,
    Partial<PhoneCallState>,
  ])[] = [
    [
      "the longer transcript is kept",
      { transcript: "Hello" },
      { transcript: "Hello there" },
      { transcript: "Hello there" },
    ],
    ["the further status is kept", { status: "ringing" }, { status: "no_answer" }, { status: "no_answer" }],
    [
      "that it was completed outlasts that it was answered",
      { status: "completed" },
      { status: "answered" },
      { status: "completed" },
    ],
    [
      "a workflow's disposition outweighs an inferred one",
      told("crm", "answered", 9),
      told("workflow", "interested"),
      told("workflow", "interested"),
    ],
    [
      "a person's outweighs a workflow's, however late that is",
      told("workflow", "sold", 9),
      told("person", "callback"),
      told("person", "callback"),
    ],
    [
      "of two workflows, who spoke last",
      told("workflow", "sold", 9),
      told("workflow", "callback"),
      told("workflow", "sold", 9),
    ],
    ["the earlier beginning is kept", { startedAt: at(1) }, { startedAt: at(2) }, { startedAt: at(1) }],
    ["the longer duration is kept", { durationSeconds: 0 }, { durationSeconds: 75 }, { durationSeconds: 75 }],
    [
      "what only one tells is kept",
      { phone: "+12025550123" },
      { recordId: "abc" },
      { phone: "+12025550123", recordId: "abc" },
    ],
  ];
  it.each(cases)("%s, in either order", (_name, one, other, expected) => {
    const [first, second] = [
      { ...NOTHING, ...one },
      { ...NOTHING, ...other },
    ];
    expect(mergeHit(first, second)).toEqual({ ...NOTHING, ...expected });
    expect(mergeHit(second, first)).toEqual({ ...NOTHING, ...expected });
  });
});

it("comes to the same in every order and with every repetition", () => {
  const random = seeded(7);
  const pick = <T>(...choices: readonly T[]): T | null => choices[Math.floor(random() * (choices.length + 1))] ?? null;
  const hit = (): PhoneCallState => ({
    recordId: pick("abc", "xyz"),
    direction: pick("inbound", "outbound"),
    phone: pick("+12025550123", "(202) 555-0123"),
    status: pick("ringing", "answered", "completed", "voicemail", "no_answer"),
    startedAt: pick(at(1), at(2)),
    durationSeconds: pick(0, 30, 75),
    transcript: pick("Hello", "Howdy", "Hello there"),
    recordingUrl: pick("https://example.com/a", "https://example.com/b"),
    disposition: pick(
      ...(["crm", "workflow", "person"] as const).flatMap((source) =>
        ["sold", "callback"].map((value, minute) => ({ source, value, at: at(minute % 2) })),
      ),
    ),
  });
  for (let round = 0; round < 30; round++) {
    const hits = [hit(), hit(), hit(), hit()];
    const results = permutations(hits).map((order) => [...order, ...order].reduce(mergeHit, NOTHING));
    for (const result of results) expect(result).toEqual(results[0]);
  }
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
