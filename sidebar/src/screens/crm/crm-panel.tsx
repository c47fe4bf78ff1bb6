import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { useState } from "preact/hooks";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { readStored, writeStored } from "../../stored-choice.ts";
import type { CrmState } from "./crm-state.ts";
import { CrmTabContent } from "./crm-tab.tsx";
import { loadPanel } from "./follow-crm.ts";
import { tabState } from "./tab-state.ts";

/** Four names fit beside each other in the narrowest sidebar; more stand in rows. */
const TABS_IN_A_ROW = 4;

export function CrmPanelView({ state }: { state: CrmState }) {
  const [chosenId, setChosenId] = useState(() => readStored("crm-tab"));
  const panel = state.panel.value;
  const problem = state.problem.value;
  if (!panel && problem) return <ErrorCard message={problem} onRetry={() => void loadPanel(state)} />;
  if (!panel) return <Skeleton lines={7} label="Loading CRM data" />;
  const chosen = panel.tabs.find((tab) => tab.connection.id === chosenId) ?? panel.tabs[0];
  if (!chosen) return <NoConnections />;

  function choose(connectionId: string): void {
    setChosenId(connectionId);
    writeStored("crm-tab", connectionId);
  }
  return (
    <section class="crm" aria-label="CRMs">
      <div
        class={panel.tabs.length > TABS_IN_A_ROW ? "crm-tabs crm-tabs-many" : "crm-tabs"}
        role="tablist"
        aria-label="CRMs"
      >
        {panel.tabs.map((tab, index) => (
          <TabButton
            key={tab.connection.id}
            tab={tab}
            selected={tab === chosen}
            onSelect={() => choose(tab.connection.id)}
            onStep={(step) => {
              const next = panel.tabs.at((index + step) % panel.tabs.length);
              if (!next) return;
              choose(next.connection.id);
              document.getElementById(`crm-tab-${next.connection.id}`)?.focus();
            }}
          />
        ))}
      </div>
      <div role="tabpanel" id={`crm-panel-${chosen.connection.id}`} aria-labelledby={`crm-tab-${chosen.connection.id}`}>
        <CrmTabContent key={chosen.connection.id} state={state} tab={chosen} />
      </div>
    </section>
  );
}

interface TabButtonProps {
  tab: CrmTab;
  selected: boolean;
  onSelect: () => void;
  onStep: (step: 1 | -1) => void;
}

function TabButton({ tab, selected, onSelect, onStep }: TabButtonProps) {
  const { connection } = tab;
  const standing = tabState(tab);
  const about = `${connection.name} (${connection.providerName}): ${standing.text}`;
  return (
    <button
      type="button"
      class="crm-tab"
      role="tab"
      id={`crm-tab-${connection.id}`}
      aria-selected={selected}
      aria-controls={selected ? `crm-panel-${connection.id}` : undefined}
      aria-label={about}
      tabIndex={selected ? 0 : -1}
      title={about}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") onStep(1);
        if (event.key === "ArrowLeft") onStep(-1);
      }}
    >
      <span class="crm-tab-mark">
        <ProviderMark provider={connection.provider} />
        <span class={`crm-dot crm-dot-${standing.tone}`} />
      </span>
      <span class="crm-tab-name">{connection.name}</span>
      {standing.conflicts > 0 && <span class="crm-tab-count">{standing.conflicts}</span>}
    </button>
  );
}

function NoConnections() {
  const isAdmin = currentUser().role === "admin";
  return (
    <EmptyState
      action={
        isAdmin && (
          <a class="ui-link" href={hrefOf("/settings/connections/new")} onClick={followLink}>
            Connect a CRM
          </a>
        )
      }
    >
      No CRM is connected to this site{isAdmin ? "." : ". Ask an admin to connect one."}
    </EmptyState>
  );
}
