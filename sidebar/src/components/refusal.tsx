/** Why something was not done, where it was asked for; nothing while there is no reason. */
export function Refusal({ problem }: { problem: string | null | undefined }) {
  if (!problem) return null;
  return (
    <p class="ui-field-error" role="alert">
      {problem}
    </p>
  );
}
