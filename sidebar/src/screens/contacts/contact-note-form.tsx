import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { postContactNote } from "../../endpoints/contacts.ts";

/** Writes a note on a person. What is typed stays when it could not be stored. */
export function ContactNoteForm({ contactId, onWritten }: { contactId: string; onWritten: () => void }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function write(): Promise<void> {
    setBusy(true);
    try {
      await postContactNote(contactId, text.trim());
      setText("");
      setProblem(null);
      onWritten();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      class="contact-note"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !busy) void write();
      }}
    >
      <textarea
        class="ui-input"
        aria-label="Note"
        placeholder="Write a note. Only your team reads it."
        rows={2}
        maxLength={4000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Refusal problem={problem} />
      {text.trim() !== "" && (
        <Button small type="submit" busy={busy}>
          Add note
        </Button>
      )}
    </form>
  );
}
