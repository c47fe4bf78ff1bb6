import postgres from "postgres";

/** Ends all connections to a database, as a restart of the server does. */
export async function endConnections(url: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice() {} });
  await admin`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await admin.end();
}
