import type { MappingSample } from "@rolodesk/shared/mapping";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { postSample } from "../../../endpoints/settings.ts";
import { isComplete, type MappingRow } from "./mapping-draft.ts";

export type SampleValue = MappingSample["values"][number];

export interface Sample {
  person: MappingSample["person"];
  /** row → what it would write of the person; rows that are not finished are not in it. */
  values: ReadonlyMap<number, SampleValue>;
  problem: string | null;
}

const EMPTY: Sample = { person: null, values: new Map(), problem: null };
const TYPING_PAUSE_MS = 400;
/** As many as a mapping can have. */
const MAX_ROWS = 200;

/** What the rows, as they stand, would write of somebody; without `contactId` of the contact we heard of last. */
export function useSample(connectionId: string, rows: readonly MappingRow[] | null, contactId: string | null): Sample {
  const [sample, setSample] = useState<Sample>(EMPTY);
  useEffect(() => {
    if (!rows) return;
    const sent = rows.filter(isComplete).slice(0, MAX_ROWS);
    const fields = sent.map(({ key: _key, ...row }) => row);
    let left = false;
    const timer = setTimeout(async () => {
      try {
        const { person, values } = await postSample(connectionId, { ...(contactId ? { contactId } : {}), fields });
        if (left) return;
        const byRow = sent.flatMap(({ key }, at): [number, SampleValue][] => {
          const value = values[at];
          return person && value ? [[key, value]] : [];
        });
        setSample({ person, values: new Map(byRow), problem: null });
      } catch (error) {
        const problem = failureText(error);
        if (!left) setSample({ ...EMPTY, problem });
      }
    }, TYPING_PAUSE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [connectionId, rows, contactId]);
  return sample;
}
