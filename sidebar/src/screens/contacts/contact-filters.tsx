import { CONTACT_SOURCES } from "@rolodesk/shared/vocabulary";
import { Select } from "../../components/field.tsx";
import { readContactTags } from "../../endpoints/contacts.ts";
import { listConnections } from "../../endpoints/settings.ts";
import { FilterSearch } from "../../filters/filter-search.tsx";
import { useResource } from "../../use-resource.ts";
import { SOURCE_WORDS } from "./contact-words.ts";
import { ACTIVITIES, type Activity, type DirectoryFilter } from "./contacts-query.ts";

const ACTIVITY_WORDS: Readonly<Record<Activity, string>> = {
  "": "Any activity",
  "active-1": "Active in 24 hours",
  "active-7": "Active in 7 days",
  "active-30": "Active in 30 days",
  "silent-30": "Silent for 30 days",
  "silent-90": "Silent for 90 days",
  "silent-365": "Silent for a year",
};

interface ContactFiltersProps {
  filter: DirectoryFilter;
  onShow: (change: Partial<DirectoryFilter>) => void;
}

export function ContactFilters({ filter, onShow }: ContactFiltersProps) {
  const tags = useResource("contact-tags", readContactTags).data?.tags ?? [];
  const connections = useResource("connections", listConnections).data?.connections ?? [];
  const isOther = filter.tag !== "" && !tags.some(({ tag }) => tag === filter.tag);
  return (
    <search class="contacts-filters" aria-label="Filter contacts">
      <FilterSearch
        label="Name, email, phone or company"
        value={filter.search}
        onSearch={(search) => onShow({ search })}
      />
      <div class="log-filters">
        <Select
          aria-label="Tag"
          value={filter.tag}
          options={[
            { value: "", label: "Any tag" },
            ...(isOther ? [{ value: filter.tag, label: filter.tag }] : []),
            ...tags.map(({ tag, contacts }) => ({ value: tag, label: `${tag} (${contacts.toLocaleString()})` })),
          ]}
          onValue={(tag) => onShow({ tag })}
        />
        <Select
          aria-label="CRM link"
          value={filter.link}
          options={[
            { value: "", label: "Any CRM state" },
            { value: "linked", label: "In a CRM" },
            { value: "unlinked", label: "In no CRM" },
            { value: "conflict", label: "With conflicts" },
            ...connections.map(({ id, name }) => ({ value: id, label: `In ${name}` })),
          ]}
          onValue={(link) => onShow({ link })}
        />
        <Select
          aria-label="Do not contact"
          value={filter.doNotContact}
          options={[
            { value: "", label: "Contact allowed or not" },
            { value: "none", label: "Contact allowed" },
            { value: "any", label: "Do not contact" },
          ]}
          onValue={(doNotContact) => onShow({ doNotContact })}
        />
        <Select
          aria-label="Source"
          value={filter.source}
          options={[
            { value: "", label: "Any source" },
            ...CONTACT_SOURCES.map((value) => ({ value, label: SOURCE_WORDS[value] })),
          ]}
          onValue={(source) => onShow({ source })}
        />
        <Select
          aria-label="Activity"
          value={filter.activity}
          options={ACTIVITIES.map((value) => ({ value, label: ACTIVITY_WORDS[value] }))}
          onValue={(activity) => onShow({ activity })}
        />
      </div>
    </search>
  );
}
