import type { VisitorIdentity } from "@rolodesk/shared/visitor";
import type { Words } from "../locales/en.ts";
import { fill } from "../locales/language.ts";

export function IdentityThanks({ identity, words }: { identity: VisitorIdentity; words: Words }) {
  const { firstName, email, phone } = identity;
  return (
    <p class="log-event" role="status">
      {firstName ? fill(words.thanksName, { name: firstName }) : words.thanks} <bdi>{email ?? phone}</bdi>
    </p>
  );
}
