import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { postErasure } from "../../endpoints/erasures.ts";
import { useFormSend } from "../../forms/use-form-send.ts";
import { navigate } from "../../router.ts";

/** Where an admin erases the person. */
export function EraseCard({ contactId }: { contactId: string }) {
  const form = useFormSend([], async () => {
    const { id } = await postErasure(contactId);
    navigate(`/contacts/erasures/${id}`, { replace: true });
  });
  return (
    <section class="contact-card">
      <h2>Erase this person</h2>
      <p class="ui-hint">
        Deletes what they said and all that is known of them, here and in the logs. Each connection’s settings say what
        becomes of their record in the CRM.
      </p>
      {form.problem && <ErrorCard message={form.problem} />}
      <ConfirmInline
        danger
        label="Erase…"
        question="Erase this person for good? This cannot be undone."
        confirmLabel="Erase for good"
        busy={form.busy}
        onConfirm={form.send}
      />
    </section>
  );
}
