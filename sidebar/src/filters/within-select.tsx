import { Select } from "../components/field.tsx";
import { WITHIN, type Within } from "./within.ts";

const WORDS = { "": "Any time", "1": "Last 24 hours", "7": "Last 7 days", "30": "Last 30 days" } as const;

export function WithinSelect({ value, onValue }: { value: Within; onValue: (within: Within) => void }) {
  return (
    <Select
      aria-label="When"
      value={value}
      options={WITHIN.map((days) => ({ value: days, label: WORDS[days] }))}
      onValue={onValue}
    />
  );
}
