import type { IconNode } from "lucide";
import { useRef } from "preact/hooks";
import { Button } from "../../components/button.tsx";

interface OpensFormProps {
  icon: IconNode;
  label: string;
  isOpen: boolean;
  onOpen: () => void;
}

/** The button that opens a form on the page: away while it is open, and with the focus again after it. */
export function OpensForm({ icon, label, isOpen, onOpen }: OpensFormProps) {
  const wasOpen = useRef(false);
  wasOpen.current ||= isOpen;
  if (isOpen) return null;
  return (
    <Button icon={icon} look="solid" takesFocus={wasOpen.current} onClick={onOpen}>
      {label}
    </Button>
  );
}
