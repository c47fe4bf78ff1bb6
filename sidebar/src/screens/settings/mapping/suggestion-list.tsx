import type { MappingSuggestion } from "@rolodesk/shared/mapping";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { Plus } from "lucide";
import { Button } from "../../../components/button.tsx";

interface SuggestionListProps {
  crmName: string;
  /** Whether the object has to be told: the CRM has several. */
  namesObjects: boolean;
  suggestions: readonly MappingSuggestion[];
  onAccept: (accepted: readonly MappingSuggestion[]) => void;
  onClose: () => void;
}

/** Rows to take over one by one or all at once. What is taken is part of the mapping once it is saved. */
export function SuggestionList({ crmName, namesObjects, suggestions, onAccept, onClose }: SuggestionListProps) {
  return (
    <section class="settings-card mapping-suggestions" aria-label="Suggested fields">
      <h3>Suggested fields</h3>
      {suggestions.length === 0 ? (
        <p class="ui-hint">Nothing more looks alike on both sides.</p>
      ) : (
        <p class="ui-hint">These look alike here and in {crmName}. Add what you want, then save the mapping.</p>
      )}
      <ul>
        {suggestions.map((suggestion) => {
          const { row, label, reason } = suggestion;
          const target = namesObjects ? `${label} (${row.object})` : label;
          return (
            <li key={`${row.object} ${row.property}`}>
              <span class="mapping-suggestion">
                <span class="mapping-suggestion-pair">
                  {fieldLabel(row.field)} → {target}
                </span>
                <span class="ui-hint">{reason}</span>
              </span>
              <Button
                small
                icon={Plus}
                label={`Add ${fieldLabel(row.field)} to ${target}`}
                onClick={() => onAccept([suggestion])}
              >
                Add
              </Button>
            </li>
          );
        })}
      </ul>
      <div class="ui-row">
        {suggestions.length > 1 && (
          <Button small onClick={() => onAccept(suggestions)}>
            Add all {suggestions.length}
          </Button>
        )}
        <Button small look="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </section>
  );
}
