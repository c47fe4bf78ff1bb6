import { afterEach, beforeEach, expect, it } from "vitest";
import { phoneCall } from "../../../server/db/schema/phone-call.ts";
import { type CallReader, CallReaderError } from "../../../server/domain/phone-calls/call-reader.ts";
import type { PhoneCallHit } from "../../../server/domain/phone-calls/phone-call.ts";
import { storePhoneCalls } from "../../../server/usecases/phone-calls/store-phone-calls.ts";
import { summarizePhoneCall } from "../../../server/usecases/phone-calls/summarize-phone-call.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let connectionId: string;
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("ghl");
});
afterEach(() => rig.close());

const AT = new Date("2026-11-02T09:00:00.000Z");
const LONG = "We talked about lamps for the hall. ".repeat(4);
const SAID = {
  summary: "Lamps.",
  disposition: "callback",
  engagement: "engaged",
  nextFollowUpAt: AT,
  model: "m",
} as const;

function hit(told: Partial<PhoneCallHit>): PhoneCallHit {
  return {
    ...{ externalId: "1", recordId: null, direction: "inbound", phone: null, status: "completed", startedAt: AT },
    ...{ durationSeconds: 60, transcript: LONG, recordingUrl: null, disposition: null, ...told },
  };
}

async function tell(readCall: CallReader, told: Partial<PhoneCallHit> = {}): Promise<() => Promise<void>> {
  const deps = { ...rig.deps, readCall };
  await storePhoneCalls(deps, connectionId, [hit(told)]);
  const { id } = await stored();
  return () => summarizePhoneCall(deps, { phoneCallId: id });
}

async function stored() {
  const [row] = await rig.deps.db.select().from(phoneCall);
  if (!row) throw new Error("There is no call.");
  return row;
}

it("fills summary, disposition, engagement and follow-up, and says that a model did", async () => {
  const summarize = await tell(async () => SAID);
  expect((await stored()).summaryStatus).toBe("waiting");
  await summarize();
  expect(await stored()).toMatchObject({
    summaryStatus: "done",
    reading: { summary: "Lamps.", model: "m" },
    disposition: "callback",
    dispositionSource: "model",
    engagement: "engaged",
    nextFollowUpAt: AT,
  });
});

it("leaves the disposition of a workflow as it is", async () => {
  const disposition = { value: "sold", source: "workflow", at: AT } as const;
  await (await tell(async () => SAID, { disposition }))();
  expect(await stored()).toMatchObject({ disposition: "sold", engagement: "customer", reading: { summary: "Lamps." } });
});

it("is not made of a hundred characters or fewer, nor where no model is set up", async () => {
  await tell(async () => SAID, { transcript: "x".repeat(100) });
  expect((await stored()).summaryStatus).toBe("off");
  await storePhoneCalls(rig.deps, connectionId, [hit({})]);
  expect(await stored()).toMatchObject({ summaryStatus: "off", dispositionSource: "rules" });
});

it("of a transcript that grew while it was read is not kept", async () => {
  const longer = `${LONG} And more.`;
  const summarize = await tell(async ({ transcript }) => {
    if (transcript === LONG)
      await storePhoneCalls({ ...rig.deps, readCall: async () => SAID }, connectionId, [hit({ transcript: longer })]);
    return { ...SAID, summary: `${transcript.length} characters` };
  });
  await summarize();
  expect(await stored()).toMatchObject({ summaryStatus: "waiting", reading: null });
  await summarize();
  expect(await stored()).toMatchObject({ summaryStatus: "done", reading: { summary: `${longer.length} characters` } });
});

it("is tried again five times, and then said to have failed; the rules stand", async () => {
  const summarize = await tell(async () => {
    throw new CallReaderError("Anthropic asks to wait.", { again: true });
  });
  for (let attempt = 1; attempt < 5; attempt++) {
    await summarize();
    expect(await stored()).toMatchObject({ summaryStatus: "waiting", summaryAttempts: attempt });
  }
  await summarize();
  expect(await stored()).toMatchObject({
    summaryStatus: "failed",
    summaryProblem: "Anthropic asks to wait.",
    disposition: "answered",
    dispositionSource: "rules",
  });
});
