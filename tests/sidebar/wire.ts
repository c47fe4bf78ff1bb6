import type { Conflict } from "@rolodesk/shared/conflict";
import type { ConversationSummary } from "@rolodesk/shared/conversation";
import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { Message } from "@rolodesk/shared/message";
import type { PhoneCall } from "@rolodesk/shared/phone-call";
import type { SyncRun } from "@rolodesk/shared/sync-run";

let minted = 0;

export const CANDIDATES: SyncRun["candidates"] = [
  {
    object: "contact",
    externalId: "77",
    name: "Harriet Cole",
    emails: [],
    phones: ["+44 20 7946 0018"],
    reason: "Has this phone.",
    url: null,
    linkedContactId: null,
  },
];

export function mintId(): string {
  minted += 1;
  return `01930000-0000-7000-8000-${String(minted).padStart(12, "0")}`;
}

export function run(change: Partial<SyncRun> = {}): SyncRun {
  return {
    id: mintId(),
    connectionId: "hubspot-1",
    provider: "hubspot",
    conversationId: null,
    contactId: null,
    trigger: "agent",
    status: "done",
    result: "updated",
    conflictsQueued: 0,
    reason: null,
    matchedBy: "email",
    decisions: [],
    candidates: [],
    suggestion: null,
    calls: 2,
    attempts: 1,
    nextAttemptAt: null,
    durationMs: 120,
    createdAt: "2026-03-02T10:00:00.000Z",
    finishedAt: "2026-03-02T10:00:01.000Z",
    version: 1,
    ...change,
  };
}

export function conflict(change: Partial<Conflict> = {}): Conflict {
  return {
    id: mintId(),
    connectionId: "hubspot-1",
    contactId: mintId(),
    field: "phone",
    unit: "phone",
    label: "Phone",
    property: "phone",
    status: "pending",
    crmValue: "+1 202 555 0142",
    crmSource: null,
    chatValue: "+1 202 555 0177",
    conversationId: mintId(),
    messageSeq: null,
    earlier: [],
    problem: null,
    stale: false,
    decidedBy: null,
    decidedAt: null,
    createdAt: "2026-03-02T10:00:00.000Z",
    version: 1,
    ...change,
  };
}

/** "Robert Smythe" in the CRM, "Bob Smith" in the chat, as the server sends it: two fields of one unit. */
export function nameConflict(): [lastName: Conflict, firstName: Conflict] {
  const name = { unit: "name" };
  return [
    conflict({ ...name, field: "lastName", label: "Last name", crmValue: "Smythe", chatValue: "Smith" }),
    conflict({ ...name, field: "firstName", label: "First name", crmValue: "Robert", chatValue: "Bob" }),
  ];
}

export function tab(change: Partial<CrmTab> = {}): CrmTab {
  return {
    connection: {
      id: "hubspot-1",
      provider: "hubspot",
      providerName: "HubSpot",
      name: "HubSpot",
      status: "active",
      problem: null,
    },
    link: null,
    values: [],
    latestRun: null,
    conflicts: [],
    transcript: null,
    ...change,
  };
}

export function row(change: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: mintId(),
    siteName: "Northwind Outdoor",
    person: { contactId: null, label: "Visitor 3f2a", identity: "anonymous" },
    status: "open",
    assigneeId: null,
    assigneeName: null,
    preview: "",
    previewKind: "visitor",
    lastMessageAt: "2026-03-02T10:00:00.000Z",
    unread: 0,
    pendingConflicts: 0,
    syncResult: null,
    version: 1,
    ...change,
  };
}

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: mintId(),
    conversationId: "conversation-1",
    seq,
    clientId: mintId(),
    kind: "visitor",
    event: null,
    authorName: null,
    authorId: null,
    text: `message ${seq}`,
    createdAt: new Date(Date.UTC(2026, 2, 2, 10, 0, seq)).toISOString(),
    ...change,
  };
}

export function phoneCall(change: Partial<PhoneCall> = {}): PhoneCall {
  return {
    id: mintId(),
    connection: { id: mintId(), name: "Shop", provider: "ghl", providerName: "HighLevel" },
    contactId: "1",
    direction: "inbound",
    phone: "+12025550123",
    status: "completed",
    pickedUp: true,
    at: "2026-11-02T09:00:00.000Z",
    durationSeconds: 75,
    disposition: { value: "gatekeeper", source: "workflow", by: null },
    engagement: "engaged",
    nextFollowUpAt: "2026-11-04T09:00:00.000Z",
    summary: { status: "off", text: null, model: null, problem: null },
    hasTranscript: true,
    recordingUrl: "javascript:alert(1)",
    version: 1,
    ...change,
  };
}
