import { useNow } from "../now.ts";
import { absoluteTime, relativeTime } from "../relative-time.ts";

const RENEW_MS = 20_000;

/** A time that ages on screen, with the absolute one as its tooltip. */
export function RelativeTime({ at, style = "long" }: { at: string; style?: "long" | "short" }) {
  const now = useNow(RENEW_MS);
  return (
    <time class="ui-time" dateTime={at} title={absoluteTime(at)}>
      {relativeTime(at, now, style)}
    </time>
  );
}
