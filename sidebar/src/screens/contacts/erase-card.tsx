import { postErasure } from "../../endpoints/erasures.ts";
import { ConfirmSend } from "../../forms/confirm-send.tsx";
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
      <ConfirmSend
        form={form}
        danger
        label="Erase…"
        question="Erase this person for good? This cannot be undone."
        confirmLabel="Erase for good"
      />
    </section>
  );
}
