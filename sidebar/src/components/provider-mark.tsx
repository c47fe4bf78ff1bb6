import type { Provider } from "@rolodesk/shared/vocabulary";

const LETTERS: Readonly<Record<Provider, string>> = {
  hubspot: "H",
  dynamics: "D",
  ghl: "HL",
  bigcommerce: "BC",
  memory: "M",
};

/** A CRM's letter mark; its name always stands beside it. */
export function ProviderMark({ provider }: { provider: Provider }) {
  return (
    <span class="ui-mark" aria-hidden="true">
      {LETTERS[provider]}
    </span>
  );
}
