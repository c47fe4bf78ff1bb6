import "../../theme/merge.css";
import type { MergeCandidate, MergePreview } from "@rolodesk/shared/contact-merge";
import { CORE_FIELDS, type CoreField, fieldLabel } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Dotted } from "../../components/dotted.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { EmptyState, ErrorCard } from "../../components/state-cards.tsx";
import { postMerge, previewMerge } from "../../endpoints/merges.ts";
import { useFormSend } from "../../forms/use-form-send.ts";
import { navigate } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { CHANNEL_LABELS, SOURCE_WORDS } from "./contact-words.ts";
import { candidateLabel, countsWords } from "./merge-words.ts";

/** Several contacts side by side: which stays, which value of each field is kept, and what moves. */
export function MergePage({ ids }: { ids: readonly string[] }) {
  useTitle("Merge contacts");
  const [masterId, setMasterId] = useState(ids[0] ?? "");
  const others = ids.filter((id) => id !== masterId);
  const preview = useResource(`merge ${masterId} ${ids.join()}`, () => previewMerge(masterId, others));
  return (
    <DetailPage back={{ path: "/contacts/duplicates", label: "Duplicates" }}>
      {!preview.isGone && (
        <header class="log-head">
          <h1>Merge contacts</h1>
          <p class="log-lead">Everything the others have moves to the one that stays. It can be undone.</p>
        </header>
      )}
      {ids.length < 2 ? (
        <EmptyState>Choose two contacts at least.</EmptyState>
      ) : (
        <Loaded of={preview} loading="Comparing the contacts" lines={8}>
          {(data) =>
            !preview.problem && <Comparison preview={data} ids={ids} masterId={masterId} onMaster={setMasterId} />
          }
        </Loaded>
      )}
    </DetailPage>
  );
}

interface ComparisonProps {
  preview: MergePreview;
  ids: readonly string[];
  masterId: string;
  onMaster: (id: string) => void;
}

function Comparison({ preview, ids, masterId, onMaster }: ComparisonProps) {
  const [chosen, setChosen] = useState<Partial<Record<CoreField, string>>>({});
  const all = [preview.master, ...preview.others.map(({ contact }) => contact)];
  const people = ids.flatMap((id) => all.find((one) => one.id === id) ?? []);
  const ordered = [...people].sort((a, b) => Number(b.id === masterId) - Number(a.id === masterId));
  const keptOf = (field: CoreField) => chosen[field] ?? ordered.find(({ values }) => values[field])?.id ?? masterId;
  const form = useFormSend([], async () => {
    const otherIds = ids.filter((id) => id !== masterId);
    const { contactId } = await postMerge({ masterId, otherIds, values: chosen });
    showToast("The contacts are one now. Merges has the way back.");
    navigate(`/contacts/${contactId}`, { replace: true });
  });
  return (
    <>
      <div class="merge-table-frame" style={{ "--people": people.length }}>
        <table class="merge-table">
          <thead>
            <tr>
              <th scope="col">Stays</th>
              {people.map((one) => (
                <th scope="col" key={one.id}>
                  <label class="merge-choice">
                    <input type="radio" name="master" checked={one.id === masterId} onChange={() => onMaster(one.id)} />
                    <span dir="auto">{candidateLabel(one)}</span>
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CORE_FIELDS.filter((field) => people.some(({ values }) => values[field])).map((field) => (
              <tr key={field}>
                <th scope="row">{fieldLabel(field)}</th>
                {people.map((one) => (
                  <td key={one.id}>
                    <label class="merge-choice">
                      <input
                        type="radio"
                        name={field}
                        checked={keptOf(field) === one.id}
                        onChange={() => setChosen({ ...chosen, [field]: one.id })}
                      />
                      <Value text={one.values[field]} />
                    </label>
                  </td>
                ))}
              </tr>
            ))}
            <Together label="Emails and phones" people={people} read={(one) => [...one.emails, ...one.phones]} />
            <Together label="Tags" people={people} read={({ tags }) => tags} />
            <Together
              label="Do not contact"
              people={people}
              read={({ doNotContact }) => doNotContact.map((channel) => CHANNEL_LABELS[channel])}
            />
            <Together label="Attributes" people={people} read={({ attributes }) => attributeTexts(attributes)} />
            <tr>
              <th scope="row">Known since</th>
              {people.map((one) => (
                <td key={one.id}>
                  <RelativeTime at={one.createdAt} /> · {SOURCE_WORDS[one.source]}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <Moves preview={preview} />
      {form.problem && <ErrorCard message={form.problem} />}
      <div class="ui-row">
        <Button look="solid" busy={form.busy} onClick={form.send}>
          Merge {people.length} contacts
        </Button>
        <Button look="quiet" onClick={() => navigate("/contacts/duplicates")}>
          Cancel
        </Button>
      </div>
    </>
  );
}

function Value({ text }: { text: string | null | undefined }) {
  return text ? <span dir="auto">{text}</span> : <span class="log-none">Nothing</span>;
}

function attributeTexts(attributes: MergeCandidate["attributes"]): string[] {
  return Object.entries(attributes).map(([name, value]) => `${name}: ${value}`);
}

interface TogetherProps {
  label: string;
  people: readonly MergeCandidate[];
  read: (one: MergeCandidate) => readonly string[];
}

/** What is kept of everybody, for there is nothing to choose. */
function Together({ label, people, read }: TogetherProps) {
  if (people.every((one) => read(one).length === 0)) return null;
  return (
    <tr>
      <th scope="row">
        {label}
        <span class="ui-hint">all are kept</span>
      </th>
      {people.map((one) => (
        <td key={one.id}>
          {read(one).length === 0 ? <span class="log-none">Nothing</span> : <Dotted parts={read(one)} />}
        </td>
      ))}
    </tr>
  );
}

function Moves({ preview }: { preview: MergePreview }) {
  return (
    <section class="queue-card">
      <h2>What moves</h2>
      {preview.others.map(({ contact, moves, closes }) => (
        <p key={contact.id} class="merge-moves">
          <strong dir="auto">{candidateLabel(contact)}</strong>:{" "}
          {moves.length > 0 ? countsWords(moves) : "nothing but its values"}.
          {closes.map(({ connection, externalId }) => (
            <span class="log-why" key={`${connection} ${externalId}`}>
              {" "}
              Its record {externalId} in {connection} stays there and is no longer written to, because the contact that
              stays has a record of its own.
            </span>
          ))}
        </p>
      ))}
    </section>
  );
}
