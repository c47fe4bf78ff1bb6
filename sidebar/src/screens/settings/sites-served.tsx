import { CheckList } from "../../components/check-list.tsx";
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
  return (
    <CheckList
      label={label}
      options={data?.sites.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      chosen={siteIds}
      onChange={onChange}
      error={problem}
      hint={siteIds.length === 0 ? "None is ticked: every site, also later ones." : "Only the ticked sites."}
    />
  );
}
