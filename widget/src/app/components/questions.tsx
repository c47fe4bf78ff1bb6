import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Answers, readAnswers } from "../answers.ts";
import type { App } from "../app-context.ts";
import { openQuestions } from "../identity-questions.ts";
import { useObservable } from "../observable.ts";
import { IdentityCard } from "./identity-card.tsx";
import { IdentityThanks } from "./identity-thanks.tsx";
import { Offer } from "./offer.tsx";

interface QuestionNodes {
  afterFirst: ComponentChildren;
  atEnd: ComponentChildren;
  /** Thanks for a value that was on offer, and the seq of the message it was in. */
  thanks: { afterSeq: number; node: ComponentChildren } | null;
}

/** What is asked of the visitor: the card after their first message, the offer after their latest. */
export function useQuestions(app: App): QuestionNodes {
  const { chat, config, store, ui } = app;
  const state = useObservable(chat.state);
  const [answers, setAnswers] = useState(() => readAnswers(store));
  /** `seq` null: by the card. */
  const [saved, setSaved] = useState<{ id: string | null; seq: number | null } | null>(null);
  const id = state.conversation?.id ?? null;
  const { card, offer } = openQuestions(state, config.ask, answers);

  function remember(next: Partial<Answers>): void {
    const all = { ...answers, ...next };
    store.write("answers", all);
    setAnswers(all);
  }

  /** The button that was pressed is gone: the keyboard focus goes back to the composer. */
  function answered(by: { seq: number | null } | null, next: Partial<Answers>): void {
    if (by) setSaved({ id, ...by });
    remember(next);
    ui.set({ ...ui.get(), focusAsked: ui.get().focusAsked + 1 });
  }

  const node = saved?.id === id && <IdentityThanks identity={state.identity} words={app.language.words} />;
  return {
    afterFirst:
      card.length > 0 ? (
        <IdentityCard
          key={id}
          app={app}
          fields={card}
          skip={() => answered(null, { skippedIn: id })}
          saved={() => answered({ seq: null }, { skippedIn: id })}
        />
      ) : (
        saved?.seq === null && node
      ),
    atEnd: offer && (
      <Offer
        key={offer.found.value}
        app={app}
        found={offer.found}
        messageSeq={offer.messageSeq}
        decline={() => answered(null, { declined: [...answers.declined, offer.found.value] })}
        saved={() => answered({ seq: offer.messageSeq }, {})}
      />
    ),
    thanks: node && typeof saved?.seq === "number" ? { afterSeq: saved.seq, node } : null,
  };
}
