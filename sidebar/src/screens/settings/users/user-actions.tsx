import type { User, UserChange } from "@rolodesk/shared/user";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { Select } from "../../../components/field.tsx";
import { counted } from "../../../counted.ts";
import { users } from "../../../directory.ts";
import { patchUser, postResetLink } from "../../../endpoints/settings.ts";
import { currentUser } from "../../../session.ts";
import { showToast } from "../../../toasts.ts";
import { SitesServed } from "../sites-served.tsx";
import type { ShownLink } from "./users-page.tsx";

const ROLE_OPTIONS = [
  { value: "agent", label: "Agent" },
  { value: "admin", label: "Admin" },
] as const;

function sitesText(user: User): string {
  if (user.siteIds.length === 0) return "All sites";
  return counted(user.siteIds.length, "site", "sites");
}

export function UserActions({ user, onLink }: { user: User; onLink: (shown: ShownLink) => void }) {
  const [busy, setBusy] = useState(false);
  const [choosingSites, setChoosingSites] = useState(false);
  const isMe = user.id === currentUser().id;

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  async function change(input: UserChange): Promise<void> {
    const changed = await patchUser(user.id, input);
    users.value = users.value.map((other) => (other.id === changed.id ? changed : other));
  }
  async function makeLink(): Promise<void> {
    const { resetLink } = await postResetLink(user.id);
    onLink({ name: user.name, link: resetLink });
  }
  if (isMe) return <span class="ui-hint">You, {user.role}</span>;
  return (
    <div class="settings-row-actions">
      <Select
        aria-label={`Role of ${user.name}`}
        value={user.role}
        options={ROLE_OPTIONS}
        onValue={(role) => void attempt(() => change({ role }))}
      />
      {user.role === "agent" && (
        <Button small onClick={() => setChoosingSites(!choosingSites)}>
          {sitesText(user)}
        </Button>
      )}
      {user.active && (
        <Button small busy={busy} onClick={() => void attempt(makeLink)}>
          Reset link
        </Button>
      )}
      {user.active ? (
        <ConfirmInline
          small
          danger
          label="Deactivate"
          question={`${user.name} is signed out at once and cannot sign in. Conversations stay.`}
          confirmLabel="Deactivate"
          onConfirm={() => void attempt(() => change({ active: false }))}
        />
      ) : (
        <Button small busy={busy} onClick={() => void attempt(() => change({ active: true }))}>
          Activate
        </Button>
      )}
      {choosingSites && (
        <div class="settings-row-sites">
          <SitesServed
            label={`Sites ${user.name} serves`}
            siteIds={user.siteIds}
            onChange={(siteIds) => void attempt(() => change({ siteIds }))}
          />
        </div>
      )}
    </div>
  );
}
