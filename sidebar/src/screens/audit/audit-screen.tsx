import "../../theme/log.css";
import "../../theme/audit.css";
import type { AuditFilters } from "@rolodesk/shared/audit";
import { Download } from "lucide";
import { Select } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { auditCsvHref, listAudit, readAuditFilters } from "../../endpoints/audit.ts";
import { FilterSearch } from "../../filters/filter-search.tsx";
import { WithinSelect } from "../../filters/within-select.tsx";
import { navigate, place } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { usePages } from "../../use-pages.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { type AuditFilter, auditSearchOf, readAuditFilter, toAuditQuery } from "./audit-query.ts";
import { AuditRow } from "./audit-row.tsx";
import { actionText, objectText } from "./audit-words.ts";

/** Who did what, when. */
export function AuditScreen() {
  useTitle("Audit");
  return (
    <main class="log">
      <div class="log-page">{currentUser().role === "admin" ? <Trail /> : <AdminsOnly />}</div>
    </main>
  );
}

function AdminsOnly() {
  return (
    <>
      <header class="log-head">
        <h1>Audit</h1>
      </header>
      <EmptyState>Only admins can read who did what. Ask an admin.</EmptyState>
    </>
  );
}

function Trail() {
  const filter = readAuditFilter(place.value.query);
  const { data: choices } = useResource("audit-filters", readAuditFilters);
  const pages = usePages({
    key: auditSearchOf(filter),
    read: (page) => listAudit(toAuditQuery(filter, Date.now()), page),
    follows: () => false,
  });
  const show = (change: Partial<AuditFilter>) =>
    navigate(`/audit${auditSearchOf({ ...filter, ...change })}`, { replace: true });
  return (
    <>
      <header class="log-head">
        <div class="log-title log-title-actions">
          <h1>Audit</h1>
          <a class="ui-button ui-button-outline" href={auditCsvHref(toAuditQuery(filter, Date.now()))} download>
            <Icon node={Download} />
            <span>Save as CSV</span>
          </a>
        </div>
        <p class="log-lead">Every change that somebody made, newest first.</p>
      </header>
      <Filters filter={filter} choices={choices} onShow={show} />
      {filter.objectId !== "" && (
        <p class="log-note">
          What was done to one {objectText(filter.object).toLowerCase()}.{" "}
          <button type="button" class="ui-link" onClick={() => show({ object: "", objectId: "" })}>
            Show everything
          </button>
        </p>
      )}
      <Paged
        pages={pages}
        loading="Loading the audit trail"
        lines={8}
        empty={<NoEntries narrowed={auditSearchOf(filter) !== ""} />}
      >
        {(entries) => (
          <ul class="log-rows" aria-label="Changes">
            {entries.map((entry) => (
              <AuditRow
                key={entry.id}
                entry={entry}
                onObject={() => show({ object: entry.object.kind, objectId: entry.object.id })}
              />
            ))}
          </ul>
        )}
      </Paged>
    </>
  );
}

function NoEntries({ narrowed }: { narrowed: boolean }) {
  if (!narrowed) return <EmptyState>Nobody has changed anything yet.</EmptyState>;
  const all = (
    <button type="button" class="ui-link" onClick={() => navigate("/audit", { replace: true })}>
      Show everything
    </button>
  );
  return <EmptyState action={all}>Nothing fits these filters.</EmptyState>;
}

interface FiltersProps {
  filter: AuditFilter;
  choices: AuditFilters | null;
  onShow: (change: Partial<AuditFilter>) => void;
}

function Filters({ filter, choices, onShow }: FiltersProps) {
  return (
    <search class="log-filters" aria-label="Filter changes">
      <FilterSearch label="Search" value={filter.search} onSearch={(search) => onShow({ search })} />
      <Select
        aria-label="Person"
        value={filter.person}
        options={[
          { value: "", label: "Everybody" },
          ...withChosen(filter.person, choices?.people.map(({ id, name }) => ({ value: id, label: name })) ?? []),
          { value: "system", label: "Rolodesk itself" },
        ]}
        onValue={(person) => onShow({ person })}
      />
      <Select
        aria-label="Action"
        value={filter.action}
        options={[
          { value: "", label: "Any action" },
          ...withChosen(filter.action, choices?.actions.map((value) => ({ value, label: actionText(value) })) ?? []),
        ]}
        onValue={(action) => onShow({ action })}
      />
      <Select
        aria-label="Object"
        value={filter.object}
        options={[
          { value: "", label: "Any object" },
          ...withChosen(filter.object, choices?.objects.map((value) => ({ value, label: objectText(value) })) ?? []),
        ]}
        onValue={(object) => onShow({ object, objectId: "" })}
      />
      <WithinSelect value={filter.within} onValue={(within) => onShow({ within })} />
    </search>
  );
}

interface Choice {
  value: string;
  label: string;
}

/** What the address asks for is shown as chosen before the choices have come. */
function withChosen(chosen: string, choices: Choice[]): Choice[] {
  const known = chosen === "" || chosen === "system" || choices.some(({ value }) => value === chosen);
  return known ? choices : [{ value: chosen, label: actionText(chosen) }, ...choices];
}
