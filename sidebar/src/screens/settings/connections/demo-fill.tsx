import { Button } from "../../../components/button.tsx";
import type { ConnectWay } from "./connect-way.ts";
import type { InputValues } from "./provider-inputs.tsx";
import { valuesFrom } from "./provider-inputs.tsx";

interface DemoFillProps {
  providerName: string;
  demo: NonNullable<ConnectWay["demo"]>;
  onValues: (values: InputValues) => void;
}

/** In a demo nobody has an account: the simulated one's details are a click away. */
export function DemoFill({ providerName, demo, onValues }: DemoFillProps) {
  return (
    <div class="ui-row">
      <Button small onClick={() => onValues(valuesFrom(demo))}>
        Fill in the demo’s account
      </Button>
      <span class="ui-hint">{providerName} is simulated here; its records page shows what is written.</span>
    </div>
  );
}
