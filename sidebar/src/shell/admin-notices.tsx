import type { ComponentChildren } from "preact";
import { counted } from "../counted.ts";
import { listConnections } from "../endpoints/settings.ts";
import { listEndpoints } from "../endpoints/webhooks.ts";
import { followLink, hrefOf } from "../router.ts";
import { useResource } from "../use-resource.ts";

/** Tells admins on every screen what stands still until they act; of a CRM, agents see it on its tab. */
export function AdminNotices() {
  const connections = useResource("connections to reconnect", listConnections, ({ kind }) => kind === "connection");
  const endpoints = useResource("disabled webhooks", listEndpoints, ({ kind }) => kind === "webhook");
  const broken = connections.data?.connections.filter(({ status }) => status === "needs_reconnect") ?? [];
  const disabled = endpoints.data?.endpoints.filter(({ state }) => state === "disabled") ?? [];
  if (broken.length + disabled.length === 0) return null;
  return (
    <div role="status">
      <ul class="shell-notices">
        {broken.map(({ id, name, waitingRuns }) => (
          <Notice key={id} path={`/settings/connections/${id}`} deed="Reconnect">
            {name} needs to be reconnected{waitingRuns > 0 && `; ${counted(waitingRuns, "sync waits", "syncs wait")}`}.
          </Notice>
        ))}
        {disabled.map(({ id, name }) => (
          <Notice key={id} path={`/settings/webhooks/${id}`} deed="See why">
            The webhook {name} was switched off, because its deliveries failed.
          </Notice>
        ))}
      </ul>
    </div>
  );
}

function Notice({ path, deed, children }: { path: string; deed: string; children: ComponentChildren }) {
  return (
    <li>
      <span dir="auto">{children}</span>{" "}
      <a href={hrefOf(path)} onClick={followLink}>
        {deed}
      </a>
    </li>
  );
}
