import type { PhoneCallStatus } from "@rolodesk/shared/vocabulary";
import { describe, expect, it } from "vitest";
import {
  assessCall,
  engagementAfter,
  inferDisposition,
  readDisposition,
} from "../../../server/domain/phone-calls/assess-call.ts";
import { readCallStatus } from "../../../server/domain/phone-calls/call-status.ts";
import type { ModelReading, PhoneCallState } from "../../../server/domain/phone-calls/phone-call.ts";

const AT = new Date("2026-11-02T09:00:00.000Z");
const HOUR_MS = 60 * 60_000;
const call = (known: Partial<PhoneCallState>): PhoneCallState => ({
  ...{ recordId: null, direction: null, phone: null, status: null, startedAt: null, durationSeconds: null },
  ...{ transcript: null, recordingUrl: null, disposition: null, ...known },
});
const READING: ModelReading = { summary: "S", disposition: "sold", engagement: "customer", nextFollowUpAt: null };

describe("a status", () => {
  it.each([
    ["Answered", "answered"],
    ["No answer", "no_answer"],
    ["no-answer", "no_answer"],
    ["NOANSWER", "no_answer"],
    ["completed", "completed"],
    ["In Progress", "in_progress"],
    ["Cancelled", "canceled"],
    [" Voicemail ", "voicemail"],
    ["delivered", null],
    ["", null],
  ] as const)("%j is read as %s", (written, status) => {
    expect(readCallStatus(written)).toBe(status);
  });
});

describe("a disposition", () => {
  it.each([
    ["Not-Interested", "not interested"],
    ["  CALL_BACK ", "call back"],
    ["x".repeat(100), "x".repeat(60)],
    [" - ", null],
  ])("%j is read as %s", (written, value) => {
    expect(readDisposition(written)).toBe(value);
  });

  it.each<[PhoneCallStatus | null, string | null, string | null]>([
    [null, null, null],
    ["ringing", null, null],
    ["no_answer", null, "no answer"],
    ["voicemail", "Please call me back.", "voicemail"],
    ["completed", null, "answered"],
    ["answered", "I am interested, send me the offer.", "interested"],
    ["completed", "I'm not interested, no thanks.", "not interested"],
    ["completed", "Not interested. Take me off the list.", "do not call"],
    ["completed", "Can you call me back tomorrow?", "callback"],
  ])("of a call that is %s and says %j is inferred as %s", (status, transcript, disposition) => {
    expect(inferDisposition(call({ status, transcript }))).toBe(disposition);
  });
});

describe("what a call comes to", () => {
  it("is by rule without a model, and says so", () => {
    expect(assessCall(call({ status: "busy" }), null, AT)).toEqual({
      disposition: { value: "busy", source: "rules", at: AT },
      engagement: "attempted",
      nextFollowUpAt: new Date(AT.getTime() + 4 * HOUR_MS),
    });
  });

  it("is a model's where nobody surer spoke", () => {
    expect(assessCall(call({ status: "completed" }), READING, AT)).toMatchObject({
      disposition: { value: "sold", source: "model" },
      engagement: "customer",
    });
  });

  it("is a workflow's over a model's", () => {
    const disposition = { value: "callback", source: "workflow" as const, at: AT };
    expect(assessCall(call({ status: "completed", disposition }), READING, AT)).toMatchObject({
      disposition,
      engagement: "engaged",
    });
  });

  it("goes by whether somebody picked up where the disposition is a word of the CRM's own", () => {
    const disposition = { value: "gatekeeper", source: "workflow" as const, at: AT };
    expect(assessCall(call({ status: "completed", disposition }), null, AT).engagement).toBe("engaged");
    expect(assessCall(call({ status: "no_answer", disposition }), null, AT).engagement).toBe("attempted");
  });

  it("takes nothing back that a person has come to already", () => {
    expect(engagementAfter("customer", "not_interested")).toBe("customer");
    expect(engagementAfter("interested", "attempted")).toBe("interested");
    expect(engagementAfter("interested", "engaged")).toBe("interested");
    expect(engagementAfter("new", "attempted")).toBe("attempted");
    expect(engagementAfter("interested", "not_interested")).toBe("not_interested");
  });
});
