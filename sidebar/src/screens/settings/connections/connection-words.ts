import type { Connection } from "@rolodesk/shared/connection";
import type { TagTone } from "../../../components/tag.tsx";

export const STATUS_WORDS: Readonly<Record<Connection["status"], { text: string; tone: TagTone }>> = {
  active: { text: "Connected", tone: "ok" },
  paused: { text: "Paused", tone: "plain" },
  needs_reconnect: { text: "Needs reconnecting", tone: "danger" },
};

export function waitingText(waitingRuns: number): string {
  if (waitingRuns === 0) return "No sync is waiting";
  return waitingRuns === 1 ? "1 sync is waiting" : `${waitingRuns} syncs are waiting`;
}
