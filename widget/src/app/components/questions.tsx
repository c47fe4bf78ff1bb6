import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Answers, readAnswers } from "../answers.ts";
import type { App } from "../app-context.ts";
import { openQuestions } from "../identity-questions.ts";
import { useObservable } from "../observable.ts";
import { IdentityCard } from "./identity-card.tsx";
import { IdentityThanks } from "./identity-thanks.tsx";
import { Offer } from "./offer.tsx";

/** What is asked of the visitor: the card after their first message, the offer after their latest. */
export function useQuestions(app: App): { afterFirst: ComponentChildren; atEnd: ComponentChildren } {
  const { chat, config, store } = app;
  const state = useObservable(chat.state);
  const [answers, setAnswers] = useState(() => readAnswers(store));
  const [saved, setSaved] = useState<{ id: string | null; by: "card" | "offer" } | null>(null);
  const id = state.conversation?.id ?? null;
  const { card, offer } = openQuestions(state, config.ask, answers);

  function remember(next: Partial<Answers>): void {
    const all = { ...answers, ...next };
    store.write("answers", all);
    setAnswers(all);
  }

  const thanks = saved?.id === id && <IdentityThanks identity={state.identity} words={app.language.words} />;
  const afterFirst =
    card.length > 0 ? (
      <IdentityCard
        key={id}
        app={app}
        fields={card}
        skip={() => remember({ skippedIn: id })}
        saved={() => {
          setSaved({ id, by: "card" });
          remember({ skippedIn: id });
        }}
      />
    ) : (
      saved?.by === "card" && thanks
    );
  const atEnd = offer ? (
    <Offer
      key={offer.found.value}
      app={app}
      found={offer.found}
      messageSeq={offer.messageSeq}
      decline={() => remember({ declined: [...answers.declined, offer.found.value] })}
      saved={() => setSaved({ id, by: "offer" })}
    />
  ) : (
    saved?.by === "offer" && thanks
  );
  return { afterFirst, atEnd };
}
