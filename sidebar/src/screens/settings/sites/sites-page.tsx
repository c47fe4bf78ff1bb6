import type { Site } from "@rolodesk/shared/site";
import { Plus } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../components/icon.tsx";
import { Loaded } from "../../../components/loaded.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { listSites } from "../../../endpoints/settings.ts";
import { followLink, hrefOf } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";

export function SitesPage() {
  const sites = useResource("sites", listSites);
  return (
    <>
      <PageHeader
        title="Sites"
        lead="A site is a website with its chat: colours, questions, and where the chat may appear."
        action={
          <a class="ui-button ui-button-solid" href={hrefOf("/settings/sites/new")} onClick={followLink}>
            <Icon node={Plus} />
            <span>Add a site</span>
          </a>
        }
      />
      <Loaded of={sites} loading="Loading sites">
        {({ sites: all }) =>
          all.length === 0 ? (
            <EmptyState>There is no site yet. Add the first one.</EmptyState>
          ) : (
            <ul class="settings-list">
              {all.map((site) => (
                <SiteRow key={site.id} site={site} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function SiteRow({ site }: { site: Site }) {
  return (
    <li>
      <a class="settings-row settings-row-link" href={hrefOf(`/settings/sites/${site.id}`)} onClick={followLink}>
        <Swatch accent={site.accent} />
        <span class="settings-row-main">
          <span class="settings-row-name">{site.name}</span>
          <span class="settings-row-about">
            {site.origins.length === 0 ? "On no other website yet" : site.origins.join(", ")}
          </span>
        </span>
        <span class="ui-hint">{site.hasIdentitySecret ? "Signed identity on" : "Signed identity off"}</span>
      </a>
    </li>
  );
}

function Swatch({ accent }: { accent: string }) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => element.current?.style.setProperty("--swatch", accent), [accent]);
  return <span class="settings-swatch" ref={element} aria-hidden="true" />;
}
