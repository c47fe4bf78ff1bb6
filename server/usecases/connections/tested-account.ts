import type { Deps } from "../../deps.ts";
import type { AccountInfo } from "../../domain/connector.ts";
import { ConnectorError, type ConnectorErrorCode } from "../../domain/connector-error.ts";
import { DomainError } from "../../domain/domain-error.ts";
import type { ConnectionAccess } from "../../integrations/connector-factory.ts";
import type { ConnectionInput } from "../../integrations/module.ts";

/**
 * Checks the inputs, then the account behind them with a read. Throws `bad_request` naming the input to mend, and naming none
 * where nothing in the form could mend it.
 */
export async function testedAccount(deps: Deps, access: ConnectionAccess): Promise<AccountInfo> {
  const problems = deps.connectors.problemsWith(access);
  if (Object.keys(problems).length > 0) {
    throw new DomainError("bad_request", "Some of these details are not usable.", problems);
  }
  try {
    return await deps.connectors.open(access, () => {}).connector.checkConnection();
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const input = inputToMend(deps.connectors.kindOf(access.provider).inputs, error.code);
    throw new DomainError("bad_request", error.message, input && { [`${input.in}.${input.name}`]: error.message });
  }
}

/** By convention an input that holds the address to call is required and named `…Url`. */
function inputToMend(inputs: readonly ConnectionInput[], code: ConnectorErrorCode): ConnectionInput | undefined {
  const required = inputs.filter((one) => one.required);
  switch (code) {
    case "auth_expired":
    case "forbidden":
      return required.findLast((one) => one.in === "credentials");
    case "not_found":
    case "invalid_field":
      return required.findLast((one) => one.in === "settings");
    case "unavailable":
    case "bad_response":
      return required.find((one) => one.name.endsWith("Url"));
    case "duplicate":
    case "version_conflict":
    case "rate_limited":
      return undefined;
  }
}
