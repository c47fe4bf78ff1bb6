import type { Doors } from "../http/doors.ts";
import type { RunningSimulator } from "./start-simulators.ts";

/** What fills the form of an admin who tries to connect a simulated CRM. */
export function demoAccountsOf(simulators: readonly RunningSimulator[]): NonNullable<Doors["demoAccounts"]> {
  return Object.fromEntries(
    simulators.map(({ provider, settings, credentials, oauth }) => [
      provider,
      {
        key: { settings: { ...settings }, credentials: { ...credentials } },
        oauth: oauth && { settings: { ...oauth.settings }, credentials: { ...oauth.credentials } },
      },
    ]),
  );
}
