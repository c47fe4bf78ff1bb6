import { useEffect } from "preact/hooks";
import { listConnections } from "../endpoints/settings.ts";
import { onChange, onReturn } from "../live.ts";
import { followLink, hrefOf } from "../router.ts";
import { useResource } from "../use-resource.ts";

/** Tells admins on every screen that a CRM waits for them; agents see it on its tab. */
export function ReconnectBanner() {
  const { data, reload } = useResource("connections to reconnect", listConnections);
  useEffect(
    () =>
      onChange((change) => {
        if (change.kind === "connection") reload();
      }),
    [reload],
  );
  useEffect(() => onReturn(reload), [reload]);
  const broken = data?.connections.filter(({ status }) => status === "needs_reconnect") ?? [];
  if (broken.length === 0) return null;
  return (
    <p class="shell-lost" role="status">
      {broken.map(({ id, name, waitingRuns }) => (
        <span key={id} class="shell-broken">
          {name} needs to be reconnected{waitingRuns > 0 && `; ${waitingText(waitingRuns)}`}.{" "}
          <a href={hrefOf(`/settings/connections/${id}`)} onClick={followLink}>
            Reconnect
          </a>
        </span>
      ))}
    </p>
  );
}

function waitingText(runs: number): string {
  return runs === 1 ? "1 sync waits" : `${runs} syncs wait`;
}
