import { computed, signal } from "@preact/signals";
import type { User } from "@rolodesk/shared/user";
import { failureText } from "./api.ts";
import { listUsers } from "./endpoints/settings.ts";

export const users = signal<readonly User[]>([]);

/** Those a conversation can be given to, by name. */
export const activeUsers = computed(() =>
  users.value.filter((user) => user.active).sort((a, b) => a.name.localeCompare(b.name)),
);

/** Answers why they could not be read, or null. */
export async function readUsers(): Promise<string | null> {
  try {
    users.value = (await listUsers()).users;
    return null;
  } catch (error) {
    return failureText(error);
  }
}
