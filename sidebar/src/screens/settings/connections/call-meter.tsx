interface CallMeterProps {
  label: string;
  used: number;
  max: number;
  /** "12 of 100 in 10 seconds" */
  text: string;
}

/** How much of a limit of calls is used. */
export function CallMeter({ label, used, max, text }: CallMeterProps) {
  return (
    <div class="call-meter">
      <span>{label}</span>
      <span class="ui-hint">{text}</span>
      <meter min={0} max={max} high={max * 0.9} value={Math.max(0, used)} aria-label={`${label} used`} />
    </div>
  );
}
