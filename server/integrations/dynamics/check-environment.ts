import type { AccountInfo } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { Dataverse } from "./client.ts";
import { PERSON_OBJECTS, type PersonObject } from "./person.ts";
import { OrganizationRow, TableDefinition, TextColumn, WhoAmI } from "./schema.ts";

/**
 * Who we are in which environment, and whether its contact and lead tables can be written safely: conditional updates
 * need optimistic concurrency. Keeps the lead topic's length, so that a create never exceeds it.
 */
export async function checkEnvironment(dataverse: Dataverse): Promise<AccountInfo> {
  const { UserId, OrganizationId } = await dataverse({ method: "GET", path: "/WhoAmI", answer: WhoAmI });
  const subject = `/EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='subject')`;
  const [organization, topic] = await Promise.all([
    dataverse({ method: "GET", path: `/organizations(${OrganizationId})?$select=name`, answer: OrganizationRow }),
    dataverse({
      method: "GET",
      path: `${subject}/Microsoft.Dynamics.CRM.StringAttributeMetadata?$select=MaxLength`,
      answer: TextColumn,
    }),
    ...PERSON_OBJECTS.map((object) => requireConditionalWrites(dataverse, object)),
  ]);
  return {
    accountId: OrganizationId,
    accountName: organization.name,
    facts: { userId: UserId, organizationId: OrganizationId, leadSubjectMaxLength: topic.MaxLength },
  };
}

async function requireConditionalWrites(dataverse: Dataverse, object: PersonObject): Promise<void> {
  const path = `/EntityDefinitions(LogicalName='${object}')?$select=LogicalName,IsOptimisticConcurrencyEnabled`;
  const table = await dataverse({ method: "GET", path, answer: TableDefinition });
  if (table.IsOptimisticConcurrencyEnabled) return;
  const message = `The ${object} table of this environment does not support optimistic concurrency, without which changes could be overwritten.`;
  throw new ConnectorError("forbidden", message);
}
