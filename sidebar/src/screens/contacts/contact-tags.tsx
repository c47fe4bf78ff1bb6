import { X } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button, IconButton } from "../../components/button.tsx";
import { Refusal } from "../../components/refusal.tsx";

interface ContactTagsProps {
  tags: readonly string[];
  onChange: (tags: string[]) => Promise<void>;
}

/** A person's tags, added and taken off one at a time. */
export function ContactTags({ tags, onChange }: ContactTagsProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  async function store(next: string[]): Promise<void> {
    try {
      await onChange(next);
      setText("");
      setProblem(null);
    } catch (error) {
      setProblem(failureText(error));
    }
  }
  return (
    <section class="contact-card" aria-labelledby="contact-tags">
      <h2 id="contact-tags">Tags</h2>
      {tags.length > 0 && (
        <ul class="contact-tags">
          {tags.map((tag) => (
            <li class="contacts-view" key={tag}>
              <span dir="auto">{tag}</span>
              <IconButton
                small
                node={X}
                label={`Remove the tag ${tag}`}
                onClick={() => void store(tags.filter((other) => other !== tag))}
              />
            </li>
          ))}
        </ul>
      )}
      <form
        class="contacts-tagging"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") void store([...tags, text]);
        }}
      >
        <input
          class="ui-input"
          aria-label="New tag"
          placeholder="New tag"
          maxLength={60}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button small type="submit">
          Add
        </Button>
      </form>
      <Refusal problem={problem} />
    </section>
  );
}
