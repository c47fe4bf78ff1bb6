import type { ApiErrorCode } from "@rolodesk/shared/api-error";

/**
 * A request that cannot be done, as its sender should hear it. Doors turn it into the one error body;
 * everything else that is thrown is a fault of ours and answered with `internal`.
 */
export class DomainError extends Error {
  readonly code: Exclude<ApiErrorCode, "internal">;
  /** Dotted path of the input → what is wrong with it. */
  readonly fields: Readonly<Record<string, string>> | undefined;

  constructor(code: DomainError["code"], message: string, fields?: Record<string, string>) {
    super(message);
    this.name = "DomainError";
    this.code = code;
    this.fields = fields;
  }
}

/** The same words for what does not exist and for what is not yours. */
export function notFound(what: string): DomainError {
  return new DomainError("not_found", `This ${what} does not exist, or you may not see it.`);
}
