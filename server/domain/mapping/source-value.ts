import { ATTRIBUTE_PREFIX, CONVERSATION_SOURCES, type ConversationSource } from "@rolodesk/shared/vocabulary";
import type { FieldValue } from "../connector.ts";

/** What is known of a conversation besides what was said of the person. */
export interface ConversationFacts {
  /** The page it was last held on. */
  readonly page: { readonly url: string; readonly title: string; readonly referrer: string } | null;
  /** Set by the host page, unsigned. */
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  /** What visitor and agents wrote, oldest first; its beginning is enough. */
  readonly lines: readonly { readonly by: "visitor" | "agent"; readonly text: string }[];
  readonly agentName: string | null;
  /** ISO 8601; null while it goes on. */
  readonly endedAt: string | null;
}

export const NO_FACTS: ConversationFacts = { page: null, attributes: {}, lines: [], agentName: null, endedAt: null };

const LINES_SHOWN = 6;
const SOURCES: Readonly<Record<ConversationSource, (facts: ConversationFacts) => string | null>> = {
  pageUrl: ({ page }) => page?.url || null,
  pageTitle: ({ page }) => page?.title || null,
  referrer: ({ page }) => page?.referrer || null,
  utmSource: (facts) => pageParameter(facts, "utm_source"),
  utmMedium: (facts) => pageParameter(facts, "utm_medium"),
  utmCampaign: (facts) => pageParameter(facts, "utm_campaign"),
  firstMessage: ({ lines }) => lines.find(({ by }) => by === "visitor")?.text ?? null,
  transcriptStart: ({ lines }) =>
    lines
      .slice(0, LINES_SHOWN)
      .map(({ by, text }) => `${by === "visitor" ? "Visitor" : "Agent"}: ${text}`)
      .join("\n") || null,
  agentName: ({ agentName }) => agentName,
  endedAt: ({ endedAt }) => endedAt,
};

/** The value of a source that is not a field of the contact: `attribute:<name>` or a fact of the conversation. Null: unknown. */
export function sourceValue(source: string, facts: ConversationFacts): FieldValue {
  if (source.startsWith(ATTRIBUTE_PREFIX)) {
    const name = source.slice(ATTRIBUTE_PREFIX.length);
    return Object.hasOwn(facts.attributes, name) ? (facts.attributes[name] ?? null) : null;
  }
  const known = CONVERSATION_SOURCES.find((one) => one === source);
  return known ? SOURCES[known](facts) : null;
}

function pageParameter({ page }: ConversationFacts, name: string): string | null {
  if (!page || !URL.canParse(page.url)) return null;
  return new URL(page.url).searchParams.get(name) || null;
}
