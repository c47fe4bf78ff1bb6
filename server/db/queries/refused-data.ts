import postgres from "postgres";

/**
 * Whether the database refused what was to be stored: class 22, a value is wrong, or class 23, a rule of the tables forbids it.
 * Anything else, a lost line or a deadlock, is no fault of the data.
 */
export function isRefusedData(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof postgres.PostgresError && /^2[23]/.test(cause.code);
}
