export const TEST_DATABASE_PREFIX = "rolodesk_test_";

/** The same server's URL with another database. */
export function onDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
