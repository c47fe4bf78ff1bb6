import type { Connection } from "@rolodesk/shared/connection";
import type { Site } from "@rolodesk/shared/site";
import { CORE_FIELDS, fieldLabel } from "@rolodesk/shared/vocabulary";
import { useEffect } from "preact/hooks";
import { Select } from "../../components/field.tsx";
import { activeUsers, readUsers, users } from "../../directory.ts";
import { ConnectionSelect } from "../../filters/connection-select.tsx";
import { OLDER, type QueueFilter } from "./queue-query.ts";

const OLDER_WORDS = {
  "": "Any age",
  "1": "Over 1 day",
  "3": "Over 3 days",
  "7": "Over 7 days",
  "30": "Over 30 days",
} as const;
const UNITS = ["name", ...CORE_FIELDS.filter((field) => field !== "firstName" && field !== "lastName")];

interface QueueFiltersProps {
  filter: QueueFilter;
  connections: readonly Connection[];
  sites: readonly Site[];
  onShow: (change: Partial<QueueFilter>) => void;
}

export function QueueFilters({ filter, connections, sites, onShow }: QueueFiltersProps) {
  useEffect(() => {
    if (users.value.length === 0) void readUsers();
  }, []);
  return (
    <search class="log-filters" aria-label="Filter conflicts">
      <ConnectionSelect
        connections={connections}
        value={filter.connection}
        onValue={(connection) => onShow({ connection })}
      />
      <Select
        aria-label="Field"
        value={filter.unit}
        options={[
          { value: "", label: "All fields" },
          ...UNITS.map((unit) => ({ value: unit, label: unit === "name" ? "Name" : fieldLabel(unit) })),
        ]}
        onValue={(unit) => onShow({ unit })}
      />
      <Select
        aria-label="Age"
        value={filter.older}
        options={OLDER.map((value) => ({ value, label: OLDER_WORDS[value] }))}
        onValue={(older) => onShow({ older })}
      />
      <Select
        aria-label="Agent"
        value={filter.assignee}
        options={[
          { value: "", label: "All agents" },
          { value: "nobody", label: "Unassigned" },
          ...activeUsers.value.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValue={(assignee) => onShow({ assignee })}
      />
      {sites.length > 1 && (
        <Select
          aria-label="Site"
          value={filter.site}
          options={[{ value: "", label: "All sites" }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
          onValue={(site) => onShow({ site })}
        />
      )}
    </search>
  );
}
