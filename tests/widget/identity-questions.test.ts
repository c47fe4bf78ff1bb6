import type { AskFields } from "@rolodesk/shared/site";
import type { VisitorIdentity } from "@rolodesk/shared/visitor";
import { describe, expect, test } from "vitest";
import { ANONYMOUS, type ConversationState, initialState } from "../../widget/src/app/conversation-state.ts";
import { cardErrors, factsOf, serverErrors } from "../../widget/src/app/identity-form.ts";
import { openQuestions } from "../../widget/src/app/identity-questions.ts";
import { en } from "../../widget/src/app/locales/en.ts";
import { conversationWith, messageWith } from "./support.ts";

const ask: AskFields = { firstName: "required", lastName: "off", email: "optional", phone: "optional" };
const noAnswers = { declined: [], skippedIn: null };

function after(texts: string[], fields: Partial<ConversationState> = {}): ConversationState {
  const messages = texts.map((text, at) => messageWith({ seq: at + 1, text }));
  return { ...initialState(true), conversation: conversationWith(), messages, ...fields };
}

function known(fields: Partial<VisitorIdentity>): VisitorIdentity {
  return { ...ANONYMOUS, state: "claimed", ...fields };
}

describe("the card", () => {
  test("asks for what the site wants, after the first message and not before", () => {
    expect(openQuestions(after([]), ask, noAnswers).card).toEqual([]);
    expect(openQuestions(after(["Hello"]), ask, noAnswers).card).toEqual([
      { field: "firstName", required: true },
      { field: "email", required: false },
      { field: "phone", required: false },
    ]);
  });

  test("does not ask for what was said in this conversation or is known of this browser", () => {
    const state = after(["Hello"], {
      conversation: conversationWith({ statedFields: ["firstName"] }),
      identity: known({ email: "ana@example.com" }),
    });
    expect(openQuestions(state, ask, noAnswers).card.map(({ field }) => field)).toEqual(["phone"]);
  });

  test.each([
    ["put away", after(["Hello"]), { declined: [], skippedIn: conversationWith().id }],
    ["of a verified visitor", after(["Hello"], { identity: known({ state: "verified" }) }), noAnswers],
    ["after the end", after(["Hello"], { conversation: conversationWith({ status: "ended" }) }), noAnswers],
  ])("%s asks for nothing", (_, state, answers) => {
    expect(openQuestions(state, ask, answers)).toEqual({ card: [], offer: null });
  });
});

describe("the offer", () => {
  const found = { field: "email", value: "ana@example.com" };

  test("is made for an address in the latest message, which the card then does not ask for as well", () => {
    const { offer, card } = openQuestions(after(["Hello", "I am ana@example.com"]), ask, noAnswers);
    expect(offer).toEqual({ found, messageSeq: 2 });
    expect(card.map(({ field }) => field)).toEqual(["firstName", "phone"]);
  });

  test.each([
    ["an earlier message", after(["ana@example.com", "anyway"]), ask, noAnswers],
    ["a value that was declined", after(["ana@example.com"]), ask, { declined: ["ana@example.com"], skippedIn: null }],
    [
      "the value that is known",
      after(["ANA@example.com"], { identity: known({ email: "ana@example.com" }) }),
      ask,
      noAnswers,
    ],
    [
      "the number that is known, written otherwise",
      after(["(202) 555-0123"], { identity: known({ phone: "+12025550123" }) }),
      ask,
      noAnswers,
    ],
    ["a field the site does not want", after(["ana@example.com"]), { ...ask, email: "off" as const }, noAnswers],
  ])("is not made for %s", (_, state, wanted, answers) => {
    expect(openQuestions(state, wanted, answers).offer).toBeNull();
  });

  test("in the first message is answered before the card is shown", () => {
    const state = after(["Hello, ana@example.com here"]);
    expect(openQuestions(state, ask, noAnswers)).toMatchObject({ card: [], offer: { found } });
    const declined = openQuestions(state, ask, { declined: ["ana@example.com"], skippedIn: null });
    expect(declined).toMatchObject({
      offer: null,
      card: [{ field: "firstName" }, { field: "email" }, { field: "phone" }],
    });
  });

  test("is made for another address than the one that is known", () => {
    const state = after(["use ana@example.com"], { identity: known({ email: "old@example.com" }) });
    expect(openQuestions(state, ask, noAnswers).offer?.found).toEqual(found);
  });
});

describe("the card's form", () => {
  const fields = [
    { field: "firstName", required: true },
    { field: "email", required: false },
    { field: "phone", required: false },
  ] as const;

  test.each([
    [{}, { firstName: en.missing }],
    [{ firstName: "  " }, { firstName: en.missing }],
    [{ firstName: "Ana", email: "nonsense" }, { email: en.wrongEmail }],
    [{ firstName: "Ana", phone: "12" }, { phone: en.wrongPhone }],
    [{ firstName: "Ana", email: " ana@example.com ", phone: "+1 202 555 0123" }, {}],
  ])("%j", (values, errors) => {
    expect(cardErrors(fields, values, en)).toEqual(errors);
  });

  test("sends the filled fields, trimmed", () => {
    expect(factsOf(fields, { firstName: " Ana ", email: "", phone: "+1 202 555 0123" })).toEqual([
      { field: "firstName", value: "Ana" },
      { field: "phone", value: "+1 202 555 0123" },
    ]);
  });

  test("puts the server's objections beside the inputs they are about", () => {
    const facts = factsOf(fields, { firstName: "Ana", phone: "+1 202 555 0123" });
    const error = {
      code: "bad_request",
      message: "Check the fields.",
      fields: { "facts.1.value": "No such number." },
    } as const;
    expect(serverErrors(error, facts)).toEqual({ phone: "No such number." });
    expect(serverErrors({ ...error, fields: { conversationId: "Unknown." } }, facts)).toEqual({});
  });
});
