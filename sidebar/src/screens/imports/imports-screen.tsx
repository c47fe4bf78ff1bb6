import "../../theme/log.css";
import "../../theme/files.css";
import { PageTabs } from "../../components/page-tabs.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { matchPath } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { FileListPage } from "./file-list-page.tsx";
import { FilePage } from "./file-page.tsx";

/** People brought in, by where they come from. */
export function ImportsScreen({ path }: { path: string }) {
  const file = matchPath("/imports/files/:id", path);
  if (currentUser().role !== "admin") {
    return (
      <main class="log">
        <EmptyState>Only an admin brings people in.</EmptyState>
      </main>
    );
  }
  return (
    <main class="log">
      {file?.id ? (
        <FilePage key={file.id} id={file.id} />
      ) : (
        <div class="log-page">
          <header class="log-head">
            <h1>Imports</h1>
            <PageTabs label="Imports" tabs={[{ path: "/imports/files", label: "From files", current: true }]} />
          </header>
          <FileListPage />
        </div>
      )}
    </main>
  );
}
