import type { ConnectGuide, ProviderForm } from "@rolodesk/shared/connection";

/** One way of giving access to an account. */
export interface ConnectWay {
  readonly id: "key" | "oauth";
  readonly isOAuth: boolean;
  readonly guide: ConnectGuide;
  readonly inputs: ProviderForm["inputs"];
  readonly redirectUrl: string | null;
  readonly demo: NonNullable<ProviderForm["demo"]>["key"] | null;
}

/** The ways a CRM can be connected, the quickest first. */
export function waysOf({ inputs, guide, oauth, demo }: ProviderForm): readonly ConnectWay[] {
  const key: ConnectWay = { id: "key", isOAuth: false, guide, inputs, redirectUrl: null, demo: demo?.key ?? null };
  if (!oauth) return [key];
  const { redirectUrl } = oauth;
  const byOAuth = { id: "oauth" as const, isOAuth: true, guide: oauth.guide, inputs: oauth.inputs, redirectUrl };
  return [key, { ...byOAuth, demo: demo?.oauth ?? null }];
}
