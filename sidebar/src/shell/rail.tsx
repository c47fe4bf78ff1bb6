import {
  CircleHelp,
  ContactRound,
  FileInput,
  GitCompareArrows,
  type IconNode,
  Inbox,
  LogOut,
  Monitor,
  Moon,
  RefreshCw,
  ScrollText,
  Settings,
  Sun,
  UserRound,
} from "lucide";
import { useEffect } from "preact/hooks";
import { failureText } from "../api.ts";
import { Avatar } from "../components/avatar.tsx";
import { IconButton } from "../components/button.tsx";
import { Icon } from "../components/icon.tsx";
import { Menu, MenuItem } from "../components/menu.tsx";
import { followConflictCount, openConflicts } from "../conflict-count.ts";
import { followLink, hrefOf, navigate, place } from "../router.ts";
import { currentUser, signOut } from "../session.ts";
import { type Theme, theme } from "../theme.ts";
import { showToast } from "../toasts.ts";

const THEME_ITEMS: readonly { value: Theme; label: string; icon: IconNode }[] = [
  { value: "auto", label: "System theme", icon: Monitor },
  { value: "light", label: "Light theme", icon: Sun },
  { value: "dark", label: "Dark theme", icon: Moon },
];

export function Rail({ onHelp }: { onHelp: () => void }) {
  useEffect(followConflictCount, []);
  return (
    <nav class="rail" aria-label="Rolodesk">
      <a class="rail-logo" href={hrefOf("/inbox")} onClick={followLink} title="Rolodesk">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} width="28" height="28" alt="Rolodesk" />
      </a>
      <RailLink path="/inbox" node={Inbox} label="Inbox" />
      <RailLink path="/contacts" node={ContactRound} label="Contacts" />
      <RailLink path="/conflicts" node={GitCompareArrows} label="Conflicts" count={openConflicts.value ?? 0} />
      <RailLink path="/sync" node={RefreshCw} label="Sync" />
      {currentUser().role === "admin" && <RailLink path="/audit" node={ScrollText} label="Audit" />}
      {currentUser().role === "admin" && <RailLink path="/imports" node={FileInput} label="Imports" />}
      <RailLink path="/settings" node={Settings} label="Settings" />
      <span class="rail-space" />
      <IconButton node={CircleHelp} label="Keyboard shortcuts" shortcut="?" onClick={onHelp} />
      <UserMenu />
    </nav>
  );
}

interface RailLinkProps {
  path: string;
  node: IconNode;
  label: string;
  /** What waits there; nothing is shown for none. */
  count?: number;
}

function RailLink({ path, node, label, count = 0 }: RailLinkProps) {
  const here = place.value.path === path || place.value.path.startsWith(`${path}/`);
  return (
    <a
      class="rail-link"
      href={hrefOf(path)}
      aria-current={here ? "page" : undefined}
      aria-label={count > 0 ? `${label}, ${count} waiting` : label}
      title={label}
      onClick={followLink}
    >
      <Icon node={node} size={20} />
      {count > 0 && (
        <span class="rail-count" aria-hidden="true">
          {count > 99 ? "99+" : count}
        </span>
      )}
    </a>
  );
}

function UserMenu() {
  const me = currentUser();
  async function leave(): Promise<void> {
    try {
      await signOut();
      navigate("/login");
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    }
  }
  return (
    <Menu
      label={`${me.name}, ${me.role}`}
      buttonClass="rail-user"
      place="beside-end"
      items={(close) => (
        <>
          <p class="ui-menu-title">
            {me.name}
            <span class="ui-hint">{me.email}</span>
          </p>
          {THEME_ITEMS.map((item) => (
            <MenuItem
              key={item.value}
              checked={theme.value === item.value}
              onSelect={() => {
                theme.value = item.value;
              }}
            >
              <Icon node={item.icon} />
              {item.label}
            </MenuItem>
          ))}
          <hr class="ui-menu-line" />
          <MenuItem
            onSelect={() => {
              close();
              navigate("/settings/account");
            }}
          >
            <Icon node={UserRound} />
            Your account
          </MenuItem>
          <MenuItem onSelect={() => void leave()}>
            <Icon node={LogOut} />
            Sign out
          </MenuItem>
        </>
      )}
    >
      <Avatar label={me.name} size={36} />
    </Menu>
  );
}
