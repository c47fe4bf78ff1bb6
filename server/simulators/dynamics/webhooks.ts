import { randomUUID } from "node:crypto";
import type { DeliveryRules, Outgoing } from "../kit/deliveries.ts";
import type { RecordChange } from "../kit/webhooks.ts";

/** A service endpoint with the authentication WebhookKey, and asynchronous steps on contact and lead. */
export interface DynamicsSubscription {
  readonly endpointUrl: string;
  /** Comes as `?code=`. */
  readonly webhookKey: string;
}

const WORTH_A_SECOND_TRY = [502, 503, 504];

/** Sixty seconds to answer, and one more attempt after 502, 503 or 504 alone (Dataverse, Use webhooks). */
export const DYNAMICS_DELIVERY: DeliveryRules = {
  answerWithinMs: 60_000,
  repeatsAfterMs: [60_000],
  isRepeated: (status) => status !== null && WORTH_A_SECOND_TRY.includes(status),
};

interface Organization {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
}

interface Message {
  readonly name: "Create" | "Update" | "Delete" | "Merge";
  readonly change: RecordChange;
  readonly parameters: readonly { readonly key: string; readonly value: unknown }[];
}

/** The calls that tell of changes: one `RemoteExecutionContext` each. Nothing is signed. */
export function dynamicsCalls(
  organization: Organization,
  now: () => number,
  changes: readonly RecordChange[],
  { endpointUrl, webhookKey }: DynamicsSubscription,
): (() => Outgoing)[] {
  const url = new URL(endpointUrl);
  url.searchParams.set("code", webhookKey);
  return messagesOf(changes).map(({ name, change, parameters }) => {
    const correlationId = randomUUID();
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "x-ms-dynamics-organization": organization.name,
      "x-ms-dynamics-entity-name": change.object,
      "x-ms-dynamics-request-name": name,
      "x-ms-correlation-request-id": correlationId,
    };
    const body = JSON.stringify({
      BusinessUnitId: "00000000-0000-0000-0000-0000000000b1",
      CorrelationId: correlationId,
      Depth: 1,
      InitiatingUserId: organization.userId,
      InputParameters: parameters,
      MessageName: name,
      Mode: 1,
      OperationCreatedOn: `/Date(${now()}+0000)/`,
      OperationId: randomUUID(),
      OrganizationId: organization.id,
      OrganizationName: organization.name,
      OutputParameters: name === "Create" ? [{ key: "id", value: change.id }] : [],
      PrimaryEntityId: change.id,
      PrimaryEntityName: change.object,
      Stage: 40,
      UserId: organization.userId,
    });
    return () => ({ url: url.href, headers, body });
  });
}

function messagesOf(changes: readonly RecordChange[]): Message[] {
  return changes.flatMap((change): Message[] => {
    const { after, before } = change;
    if (!after) return [{ name: "Delete", change, parameters: [{ key: "Target", value: reference(change) }] }];
    const master = /^merged into (.+)$/.exec(after.state ?? "")?.[1];
    if (master && before?.state !== after.state) return [mergeMessage(change, master)];
    if (before && before.state === after.state && change.properties.length === 0) return [];
    return [{ name: before ? "Update" : "Create", change, parameters: [{ key: "Target", value: target(change) }] }];
  });
}

/** Told of the winner; the other one is named among the parameters. */
function mergeMessage(loser: RecordChange, master: string): Message {
  const { object, id } = loser;
  const parameters = [
    { key: "Target", value: reference({ object, id: master }) },
    { key: "SubordinateId", value: id },
    { key: "PerformParentingChecks", value: false },
  ];
  return { name: "Merge", change: { object, id: master, properties: [] }, parameters };
}

function reference({ object, id }: Pick<RecordChange, "object" | "id">) {
  return {
    __type: "EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts",
    Id: id,
    LogicalName: object,
    Name: null,
  };
}

function target({ object, id, after, properties }: RecordChange) {
  return {
    __type: "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
    Attributes: properties.map((key) => ({ key, value: after?.values[key] ?? null })),
    Id: id,
    LogicalName: object,
  };
}
