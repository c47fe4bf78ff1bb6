import type { Words } from "../locales/en.ts";
import { fill } from "../locales/language.ts";
import { Avatar } from "./avatar.tsx";

/** The words are in a live region of their own: a reader hears them once, not at every renewal. */
export function TypingDots({ name, words }: { name: string | null; words: Words }) {
  return (
    <div role="status" class={name === null ? "typing typing-none" : "typing"}>
      {name !== null && (
        <>
          <Avatar name={name} />
          <span class="unseen">{fill(words.typing, { name })}</span>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </>
      )}
    </div>
  );
}
