import { listSites } from "../../endpoints/settings.ts";
import { useResource } from "../../use-resource.ts";

interface SitesServedProps {
  /** The heading, e.g. "Sites it serves". */
  label: string;
  siteIds: readonly string[];
  onChange: (siteIds: string[]) => void;
}

/** Which sites a connection or an agent serves; none ticked means all, also later ones. */
export function SitesServed({ label, siteIds, onChange }: SitesServedProps) {
  const { data, problem } = useResource("sites", listSites);
  function toggle(id: string, on: boolean): void {
    onChange(on ? [...siteIds, id] : siteIds.filter((other) => other !== id));
  }
  return (
    <fieldset class="settings-checks">
      <legend class="ui-label">{label}</legend>
      {problem && <p class="ui-field-error">{problem}</p>}
      {data?.sites.map((site) => (
        <label key={site.id}>
          <input
            type="checkbox"
            checked={siteIds.includes(site.id)}
            onChange={(event) => toggle(site.id, event.currentTarget.checked)}
          />
          {site.name}
        </label>
      ))}
      <p class="ui-hint">
        {siteIds.length === 0 ? "None is ticked: every site, also later ones." : "Only the ticked sites."}
      </p>
    </fieldset>
  );
}
