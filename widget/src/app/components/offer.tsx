import { useState } from "preact/hooks";
import type { App } from "../app-context.ts";
import { fill } from "../locales/language.ts";
import type { Recognised } from "../recognise.ts";

interface Props {
  app: App;
  found: Recognised;
  /** The message that said it. */
  messageSeq: number;
  decline(): void;
  saved(): void;
}

/** "Save ana@example.com as your email?" */
export function Offer({ app, found, messageSeq, decline, saved }: Props) {
  const { words } = app.language;
  const [error, setError] = useState<string | null>(null);

  async function accept(): Promise<void> {
    const problem = await app.chat.saveFacts([{ ...found, messageSeq }]);
    if (problem === null) saved();
    else setError(problem === "lost" ? words.saveFailed : problem.message);
  }

  return (
    <div class="ask ask-offer">
      <p dir="auto">{fill(found.field === "email" ? words.offerEmail : words.offerPhone, { value: found.value })}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => void accept()}>
          {words.yes}
        </button>
        <button type="button" class="button quiet" onClick={decline}>
          {words.no}
        </button>
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
