import type { User } from "@rolodesk/shared/user";
import { UserPlus } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Avatar } from "../../../components/avatar.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { readUsers, users } from "../../../directory.ts";
import { onlineUserIds } from "../../../live.ts";
import { OpensForm } from "../opens-form.tsx";
import { PageHeader } from "../page-header.tsx";
import { ShownOnce } from "../shown-once.tsx";
import { InviteForm } from "./invite-form.tsx";
import { UserActions } from "./user-actions.tsx";

export interface ShownLink {
  name: string;
  link: string;
}

export function UsersPage() {
  const [inviting, setInviting] = useState(false);
  const [shownLink, setShownLink] = useState<ShownLink | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [loaded, setLoaded] = useState(false);
  async function load(): Promise<void> {
    setProblem(await readUsers());
    setLoaded(true);
  }
  useEffect(() => void load(), []);
  return (
    <>
      <PageHeader
        title="Users"
        lead="Agents answer conversations. Admins also change settings."
        action={<OpensForm icon={UserPlus} label="Invite" isOpen={inviting} onOpen={() => setInviting(true)} />}
      />
      {inviting && (
        <InviteForm
          onDone={(made) => {
            setInviting(false);
            if (!made) return;
            setShownLink(made);
            void load();
          }}
        />
      )}
      {shownLink && (
        <ShownOnce
          title={`Give this link to ${shownLink.name}`}
          what="link"
          about={`With it, ${shownLink.name} chooses a password. It works once and is not shown again.`}
          text={shownLink.link}
          onClose={() => setShownLink(null)}
        />
      )}
      {problem && <ErrorCard message={problem} onRetry={() => void load()} />}
      {!loaded && <Skeleton lines={4} label="Loading users" />}
      <ul class="settings-list">
        {users.value.map((user) => (
          <UserRow key={user.id} user={user} onLink={setShownLink} />
        ))}
      </ul>
    </>
  );
}

function UserRow({ user, onLink }: { user: User; onLink: (shown: ShownLink) => void }) {
  const online = user.online || onlineUserIds.value.has(user.id);
  const state = user.active ? (online ? "Online" : "Offline") : "Deactivated";
  return (
    <li class={`settings-row${user.active ? "" : " settings-row-off"}`}>
      <Avatar label={user.name} size={36} online={user.active && online} />
      <div class="settings-row-main">
        <p class="settings-row-name">{user.name}</p>
        <p class="settings-row-about">
          {user.email} · {state}
        </p>
      </div>
      <UserActions user={user} onLink={onLink} />
    </li>
  );
}
