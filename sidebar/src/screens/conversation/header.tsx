import type { ConversationDetail } from "@rolodesk/shared/conversation";
import { ChevronDown, ChevronLeft, PanelRight, UserRound } from "lucide";
import { Avatar } from "../../components/avatar.tsx";
import { Button, IconButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Menu, MenuItem } from "../../components/menu.tsx";
import { IdentityTag } from "../../components/tag.tsx";
import { activeUsers } from "../../directory.ts";
import { onlineUserIds } from "../../live.ts";
import { navigate } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { inboxQuery, searchOf } from "../inbox/inbox-store.ts";
import { assignTo, endConversation, reopenConversation } from "./conversation-actions.ts";
import type { OpenConversation } from "./conversation-store.ts";

interface HeaderProps {
  conversation: OpenConversation;
  detail: ConversationDetail;
  assignOpened: number;
  sidebarShown: boolean;
  onToggleSidebar: () => void;
}

export function ConversationHeader({ conversation, detail, ...props }: HeaderProps) {
  const { person } = detail;
  return (
    <header class="thread-header">
      <div class="thread-header-row">
        <span class="thread-back">
          <IconButton
            node={ChevronLeft}
            label="Back to the list"
            shortcut="Esc"
            onClick={() => navigate(`/inbox${searchOf(inboxQuery.value)}`)}
          />
        </span>
        <Avatar label={person.label} size={36} online={detail.visitorOnline} />
        <div class="thread-who">
          <h1 class="thread-name" dir="auto" title={person.label}>
            {person.label}
          </h1>
          <div class="thread-who-line">
            <IdentityTag state={person.identity} />
            <p class="thread-where">
              {detail.visitorOnline ? "Online" : "Offline"} · {detail.siteName}
            </p>
          </div>
        </div>
        <AssignMenu conversation={conversation} detail={detail} opened={props.assignOpened} />
        {detail.status === "open" ? (
          <Button look="solid" title="End the conversation (E)" onClick={() => void endConversation(conversation)}>
            End
          </Button>
        ) : (
          <Button title="Reopen the conversation (E)" onClick={() => void reopenConversation(conversation)}>
            Reopen
          </Button>
        )}
        <span class="thread-sidebar-toggle">
          <IconButton
            node={PanelRight}
            label="CRM sidebar"
            expanded={props.sidebarShown}
            onClick={props.onToggleSidebar}
          />
        </span>
      </div>
    </header>
  );
}

function AssignMenu(props: { conversation: OpenConversation; detail: ConversationDetail; opened: number }) {
  const { conversation, detail } = props;
  const me = currentUser();
  const name = detail.assigneeId === me.id ? "You" : (detail.assigneeName ?? "Unassigned");
  const others = activeUsers.value.filter((user) => user.id !== me.id);
  return (
    <Menu
      label={`Assigned to: ${name}. Change`}
      title="Assign (A)"
      buttonClass="ui-button ui-button-outline thread-assign"
      openSignal={props.opened}
      items={(close) => {
        function choose(user: { id: string; name: string } | null): void {
          close();
          if ((user?.id ?? null) !== detail.assigneeId) void assignTo(conversation, user);
        }
        return (
          <>
            <MenuItem checked={detail.assigneeId === me.id} onSelect={() => choose(me)}>
              You
            </MenuItem>
            {others.map((user) => (
              <MenuItem key={user.id} checked={detail.assigneeId === user.id} onSelect={() => choose(user)}>
                <span class="ui-truncate">{user.name}</span>
                {onlineUserIds.value.has(user.id) && <span class="ui-menu-note">online</span>}
              </MenuItem>
            ))}
            <MenuItem checked={detail.assigneeId === null} onSelect={() => choose(null)}>
              Nobody
            </MenuItem>
          </>
        );
      }}
    >
      <Icon node={UserRound} />
      <span class="thread-assign-name">{name}</span>
      <Icon node={ChevronDown} />
    </Menu>
  );
}
