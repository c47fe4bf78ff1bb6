import type { Connection } from "@rolodesk/shared/connection";
import { Select } from "../components/field.tsx";

interface ConnectionSelectProps {
  connections: readonly Connection[];
  /** A connection's id, or "" for all of them. */
  value: string;
  onValue: (connectionId: string) => void;
}

export function ConnectionSelect({ connections, value, onValue }: ConnectionSelectProps) {
  return (
    <Select
      aria-label="Connection"
      value={value}
      options={[
        { value: "", label: "All connections" },
        ...connections.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onValue={onValue}
    />
  );
}
