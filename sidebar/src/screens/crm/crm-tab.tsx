import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { CirclePause, Unplug } from "lucide";
import { Icon } from "../../components/icon.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { CandidatePicker } from "./candidate-picker.tsx";
import { ConflictsPanel } from "./conflicts-panel.tsx";
import type { CrmState } from "./crm-state.ts";
import { LinkCard } from "./link-card.tsx";
import { RunLine } from "./run-line.tsx";
import { ValuesTable } from "./values-table.tsx";

/** One CRM's view of the person: state, decisions that wait, sync, values. */
export function CrmTabContent({ state, tab }: { state: CrmState; tab: CrmTab }) {
  const run = tab.latestRun;
  return (
    <div class="crm-content">
      <ConnectionBanner tab={tab} />
      <LinkCard tab={tab} />
      <RunLine state={state} tab={tab} />
      {run && run.status === "done" && run.result === "needs_choice" && run.candidates.length > 0 && (
        <CandidatePicker key={run.id} state={state} run={run} crmName={tab.connection.name} />
      )}
      <ConflictsPanel state={state} tab={tab} />
      <ValuesTable tab={tab} />
    </div>
  );
}

function ConnectionBanner({ tab }: { tab: CrmTab }) {
  const { connection } = tab;
  if (connection.status === "active") return null;
  const isAdmin = currentUser().role === "admin";
  if (connection.status === "paused") {
    return (
      <div class="crm-banner">
        <Icon node={CirclePause} />
        <p>{connection.name} is paused. Syncs wait until an admin resumes it.</p>
      </div>
    );
  }
  return (
    <div class="crm-banner crm-banner-danger" role="alert">
      <Icon node={Unplug} />
      <p>
        {connection.problem ?? `${connection.name} refuses our key.`}{" "}
        {isAdmin ? (
          <a class="ui-link" href={hrefOf(`/settings/connections/${connection.id}`)} onClick={followLink}>
            Reconnect
          </a>
        ) : (
          "Ask an admin to reconnect it. Syncs wait meanwhile."
        )}
      </p>
    </div>
  );
}
