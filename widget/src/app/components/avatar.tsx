/** The first letter of a name, in a circle. Decorative: the name stands beside it. */
export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? "·"}
    </span>
  );
}
