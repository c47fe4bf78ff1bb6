import type { Connection } from "@rolodesk/shared/connection";
import type { TagTone } from "../../../components/tag.tsx";
import { counted } from "../../../counted.ts";

export const STATUS_WORDS: Readonly<Record<Connection["status"], { text: string; tone: TagTone }>> = {
  active: { text: "Connected", tone: "ok" },
  paused: { text: "Paused", tone: "plain" },
  needs_reconnect: { text: "Needs reconnecting", tone: "danger" },
};

export function waitingText(waitingRuns: number): string {
  return waitingRuns === 0 ? "No sync is waiting" : counted(waitingRuns, "sync is waiting", "syncs are waiting");
}

/** "Dynamics 365, Northwind Lamps"; an account that is called after its vendor says it once. */
export function accountText({ providerName, accountName }: Connection): string {
  return accountName.startsWith(providerName) ? accountName : `${providerName}, ${accountName}`;
}
