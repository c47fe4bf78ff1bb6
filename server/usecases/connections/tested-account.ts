import type { Deps } from "../../deps.ts";
import type { AccountInfo } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { DomainError } from "../../domain/domain-error.ts";
import type { ConnectionAccess } from "../../integrations/connector-factory.ts";

/** Checks the inputs, then the account behind them with a read. Throws `bad_request` naming the input to mend. */
export async function testedAccount(deps: Deps, access: ConnectionAccess): Promise<AccountInfo> {
  const problems = deps.connectors.problemsWith(access);
  if (Object.keys(problems).length > 0) {
    throw new DomainError("bad_request", "Some of these details are not usable.", problems);
  }
  try {
    return await deps.connectors.open(access, () => {}).connector.checkConnection();
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    throw new DomainError("bad_request", error.message, { [fieldToMend(deps, access, error)]: error.message });
  }
}

function fieldToMend(deps: Deps, { provider }: ConnectionAccess, { code }: ConnectorError): string {
  const part = code === "auth_expired" || code === "forbidden" ? "credentials" : "settings";
  const { inputs } = deps.connectors.kindOf(provider);
  const input = inputs.findLast((one) => one.in === part && one.required) ?? inputs.find((one) => one.in === part);
  return input ? `${part}.${input.name}` : part;
}
