import type { Site } from "@rolodesk/shared/site";
import { Loaded } from "../../../components/loaded.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { listSites } from "../../../endpoints/settings.ts";
import { navigate } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { IdentitySecretCard } from "./identity-secret-card.tsx";
import { SiteForm } from "./site-form.tsx";
import { SnippetCard } from "./snippet-card.tsx";

const BACK = { path: "/settings/sites", label: "Sites" };

/** One site; `id` null: a new one. */
export function SitePage({ id }: { id: string | null }) {
  if (id === null) {
    return (
      <>
        <PageHeader title="Add a site" back={BACK} />
        <SiteForm site={null} onSaved={(made) => navigate(`/settings/sites/${made.id}`, { replace: true })} />
      </>
    );
  }
  return <KnownSite id={id} />;
}

function KnownSite({ id }: { id: string }) {
  const resource = useResource("sites", listSites);
  return (
    <Loaded of={resource} loading="Loading the site" lines={6}>
      {(data) => {
        const site = data.sites.find((known) => known.id === id);
        if (!site) {
          return (
            <>
              <PageHeader title="Site" back={BACK} />
              <EmptyState>This site does not exist any more.</EmptyState>
            </>
          );
        }
        const show = (changed: Site) =>
          resource.set({ ...data, sites: data.sites.map((known) => (known.id === changed.id ? changed : known)) });
        return (
          <>
            <PageHeader title={site.name} back={BACK} />
            <SnippetCard publicUrl={data.publicUrl} siteKey={site.key} />
            <SiteForm site={site} onSaved={show} />
            <IdentitySecretCard site={site} onChanged={(hasIdentitySecret) => show({ ...site, hasIdentitySecret })} />
          </>
        );
      }}
    </Loaded>
  );
}
