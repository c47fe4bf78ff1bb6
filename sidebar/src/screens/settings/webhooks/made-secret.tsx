import { ShownOnce } from "../shown-once.tsx";

export function MadeSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <ShownOnce
      title="Copy this secret now"
      what="secret"
      about="It is not shown again. With it your program verifies that a delivery comes from here."
      text={secret}
      onClose={onClose}
    />
  );
}
