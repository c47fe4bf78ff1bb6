import { beforeEach, describe, it } from "vitest";
import { batchCases } from "./batches.ts";
import { errorCases } from "./errors.ts";
import { fieldCases } from "./fields.ts";
import type { ContractCase, Harness } from "./harness.ts";
import { identityCases } from "./identity.ts";
import { noteCases } from "./notes.ts";
import { pullCases } from "./pull.ts";
import { versionCases } from "./versions.ts";
import { writeCases } from "./writes.ts";

const TOPICS: Readonly<Record<string, readonly ContractCase[]>> = {
  identity: identityCases,
  writes: writeCases,
  versions: versionCases,
  errors: errorCases,
  fields: fieldCases,
  notes: noteCases,
  batches: batchCases,
  pull: pullCases,
};

interface ContractOptions {
  /** Name of a case → why this connector cannot keep it. The reason is shown beside the skipped case. */
  readonly skips?: Readonly<Record<string, string>>;
}

/**
 * Runs the connector contract. `createHarness` is called before each case and must give a fresh, empty account, to be closed by
 * `onTestFinished`.
 * A skip that names no case is an error, so that a renamed case does not stay skipped unseen.
 */
export function describeConnector(name: string, createHarness: () => Promise<Harness>, options: ContractOptions = {}) {
  const skips = options.skips ?? {};
  const known = new Set(Object.values(TOPICS).flatMap((cases) => cases.map((one) => one.name)));
  const misspelt = Object.keys(skips).filter((skip) => !known.has(skip));
  if (misspelt.length > 0) throw new Error(`No case of the connector contract is called: ${misspelt.join("; ")}`);

  describe(`${name} keeps the connector contract`, () => {
    let harness: Harness;
    beforeEach(async () => {
      harness = await createHarness();
    });

    for (const [topic, cases] of Object.entries(TOPICS)) {
      describe(topic, () => {
        for (const one of cases) {
          const reason = skips[one.name];
          if (reason !== undefined) {
            it.skip(`${one.name} (skipped: ${reason})`, () => {});
            continue;
          }
          it(one.name, async (context) => {
            const excuse = one.needs?.(harness) ?? null;
            if (excuse !== null) context.skip(excuse);
            await one.run(harness);
          });
        }
      });
    }
  });
}
