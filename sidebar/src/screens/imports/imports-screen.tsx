import "../../theme/log.css";
import "../../theme/files.css";
import "../../theme/imports.css";
import { ListPage } from "../../components/list-page.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { matchPath } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { CrmListPage } from "./crm-list-page.tsx";
import { CrmRunPage } from "./crm-run-page.tsx";
import { FileListPage } from "./file-list-page.tsx";
import { FilePage } from "./file-page.tsx";

/** People brought in, by where they come from. */
export function ImportsScreen({ path }: { path: string }) {
  const file = matchPath("/imports/files/:id", path);
  const run = matchPath("/imports/crms/:id", path);
  const isFiles = path.startsWith("/imports/files");
  if (currentUser().role !== "admin") {
    return (
      <main class="log">
        <div class="log-page">
          <header class="log-head">
            <h1>Imports</h1>
          </header>
          <EmptyState>Only admins can bring people in. Ask an admin.</EmptyState>
        </div>
      </main>
    );
  }
  return (
    <main class="log">
      {file?.id ? (
        <FilePage key={file.id} id={file.id} />
      ) : run?.id ? (
        <CrmRunPage key={run.id} id={run.id} />
      ) : (
        <ListPage
          title="Imports"
          tabs={[
            { path: "/imports/crms", label: "From CRMs", current: !isFiles },
            { path: "/imports/files", label: "From files", current: isFiles },
          ]}
        >
          {isFiles ? <FileListPage /> : <CrmListPage />}
        </ListPage>
      )}
    </main>
  );
}
