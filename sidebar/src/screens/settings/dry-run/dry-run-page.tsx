import { Refusal } from "../../../components/refusal.tsx";
import "../../../theme/dry-run.css";
import type { DryRunInput, TypedPerson } from "@rolodesk/shared/dry-run";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { Segmented } from "../../../components/segmented.tsx";
import { ErrorCard } from "../../../components/state-cards.tsx";
import { postDryRun } from "../../../endpoints/dry-run.ts";
import { listSites } from "../../../endpoints/settings.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { ContactPicker } from "./contact-picker.tsx";
import { DryRunResults, type ShownDryRun } from "./dry-run-results.tsx";
import { TypedPersonFields } from "./typed-person-fields.tsx";

const BACK = { path: "/settings/connections", label: "CRM connections" };
const NOBODY: Required<TypedPerson> = { firstName: "", lastName: "", email: "", phone: "", attributes: {} };
const WHO = [
  { value: "contact" as const, label: "One of our contacts" },
  { value: "typed" as const, label: "Somebody new" },
];

/** Tries out what a push of somebody would do in every connected CRM, with the engine's own code. Writes nothing. */
export function DryRunPage() {
  const sites = useResource("sites", listSites);
  const [who, setWho] = useState<"contact" | "typed">("contact");
  const [contactId, setContactId] = useState<string | null>(null);
  const [person, setPerson] = useState(NOBODY);
  const [siteId, setSiteId] = useState("");
  const [shown, setShown] = useState<ShownDryRun | null>(null);
  const results = useRef<HTMLDivElement>(null);
  const site = siteId || (sites.data?.sites[0]?.id ?? "");

  const form = useFormSend(["person.email", "person.phone", "person.attributes"], async () => {
    const input: DryRunInput | null = who === "typed" ? { person, siteId: site } : contactId ? { contactId } : null;
    if (!input) return;
    setShown(null);
    setShown({ result: await postDryRun(input), at: new Date().toISOString() });
  });
  useEffect(() => {
    if (shown) results.current?.focus();
  }, [shown]);

  const ready = who === "typed" ? site !== "" : contactId !== null;
  return (
    <>
      <PageHeader
        title="Dry run"
        lead="See which record somebody would be matched with in each CRM, and what a sync would write. Nothing is written."
        back={BACK}
      />
      <form
        class="settings-card dry-run-form"
        onSubmit={(event) => {
          event.preventDefault();
          form.send();
        }}
      >
        <Segmented label="Who" value={who} options={WHO} onValue={setWho} />
        {who === "contact" ? (
          <ContactPicker chosen={contactId} onChosen={setContactId} />
        ) : (
          <TypedPersonFields
            person={person}
            onPerson={setPerson}
            sites={sites.data?.sites ?? []}
            siteId={site}
            onSite={setSiteId}
            errors={form.fields}
          />
        )}
        {sites.problem && who === "typed" && <ErrorCard message={sites.problem} onRetry={sites.reload} />}
        <Refusal problem={form.problem} />
        <div class="ui-row">
          <Button type="submit" look="solid" busy={form.busy} disabled={!ready}>
            Try it out
          </Button>
          <span class="ui-hint" role="status">
            {form.busy && "Asking the CRMs…"}
          </span>
        </div>
      </form>
      <div ref={results} tabIndex={-1} class="dry-run-results">
        {shown && <DryRunResults {...shown} />}
      </div>
    </>
  );
}
