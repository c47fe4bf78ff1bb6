import type { Connection } from "@rolodesk/shared/connection";
import { followLink, hrefOf } from "../../../router.ts";

/** What an admin sees after an account was connected: whose it is, and what comes next. */
export function ConnectedCard({ connection }: { connection: Connection }) {
  return (
    <section class="settings-card" role="status">
      <h3>{connection.accountName} is connected.</h3>
      <p>
        Names, email and telephone are mapped, and only blanks are filled. Everything else is up to the{" "}
        <a class="ui-link" href={hrefOf(`/settings/connections/${connection.id}?tab=mapping`)} onClick={followLink}>
          data mapping
        </a>
        .
      </p>
    </section>
  );
}
