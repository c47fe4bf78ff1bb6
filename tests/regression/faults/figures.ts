import { afterAll } from "vitest";

interface Figure {
  readonly lost: number;
  readonly doubled: number;
  /** Calls to the CRM, and how many a faultless world would have taken. */
  readonly calls?: { readonly made: number; readonly needed: number };
  /** From the end of the fault to the last effect that was missing. */
  readonly recoveredMs?: number;
}

/** Collects what a fault did, and prints it once the file's tests are over. */
export function figuresOf(fault: string): (what: string, figure: Figure) => void {
  const lines: string[] = [];
  afterAll(() => {
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  });
  return (what, { lost, doubled, calls, recoveredMs }) => {
    const cost = calls ? `  C=${(calls.made / calls.needed).toFixed(2)} (${calls.made}/${calls.needed})` : "";
    const recovered = recoveredMs === undefined ? "" : `  R=${(recoveredMs / 1_000).toFixed(1)}s`;
    lines.push(`${fault.padEnd(4)} ${what.padEnd(44)} L=${lost} D=${doubled}${cost}${recovered}`);
  };
}
