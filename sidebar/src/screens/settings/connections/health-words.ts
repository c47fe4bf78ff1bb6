import type { ConnectionHealth } from "@rolodesk/shared/connection-health";
import type { ConnectionStatus } from "@rolodesk/shared/vocabulary";
import type { TagTone } from "../../../components/tag.tsx";
import { clockTime, secondsUntil } from "../../../relative-time.ts";

interface HealthWords {
  readonly tag: string;
  readonly tone: TagTone;
  /** A sentence with the CRM's name. */
  readonly text: (name: string) => string;
}

const HEALTH_WORDS: Readonly<Record<ConnectionHealth["state"], HealthWords>> = {
  answers: { tag: "Calls go through", tone: "ok", text: (name) => `Nothing holds up calls to ${name}.` },
  waits: {
    tag: "Waits",
    tone: "plain",
    text: (name) => `${name} asked us to wait. Syncs are kept and go on by themselves.`,
  },
  down: {
    tag: "No answer",
    tone: "danger",
    text: (name) => `${name} does not answer. Syncs are kept and go on by themselves.`,
  },
  trying: {
    tag: "Trying again",
    tone: "plain",
    text: (name) => `${name} did not answer. The next sync tries whether it does again.`,
  },
};

/** What an admin has to end, or has begun, stands above what the CRM last answered. */
const STANDING_WORDS: Readonly<Record<Exclude<ConnectionStatus, "active">, HealthWords>> = {
  needs_reconnect: {
    tag: "Access refused",
    tone: "danger",
    text: (name) => `${name} refuses the access. Syncs are kept and go on when it is connected again.`,
  },
  paused: {
    tag: "Paused",
    tone: "plain",
    text: (name) => `Nothing is sent to ${name} while the connection is paused.`,
  },
};

export function healthWords(status: ConnectionStatus, { state }: Pick<ConnectionHealth, "state">): HealthWords {
  return status === "active" ? HEALTH_WORDS[state] : STANDING_WORDS[status];
}

/** "12 of 100 in 10 seconds" */
export function windowText({ used, max, windowMs }: NonNullable<ConnectionHealth["calls"]>): string {
  const seconds = Math.round(windowMs / 1000);
  const time = seconds === 1 ? "in a second" : `in ${seconds} seconds`;
  return `${used.toLocaleString()} of ${max.toLocaleString()} ${time}`;
}

/** "1,200 of 250,000 used, 248,800 left" */
export function dayText({ limit, remaining }: NonNullable<ConnectionHealth["day"]>): string {
  const used = Math.max(0, limit - remaining);
  return `${used.toLocaleString()} of ${limit.toLocaleString()} used, ${remaining.toLocaleString()} left`;
}

/** "now", "in 40 s", "in 12 min", "at 5:00 AM" */
export function soonText(at: string, now: number): string {
  const seconds = secondsUntil(at, now);
  if (seconds === 0) return "now";
  if (seconds < 100) return `in ${seconds} s`;
  return seconds < 3600 ? `in ${Math.ceil(seconds / 60)} min` : `at ${clockTime(at)}`;
}
