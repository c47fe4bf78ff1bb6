/**
 * Which session a `Cookie` header was found to belong to. A signature that was good stays good, so it need not be checked for
 * every request; whether the session still lives is not kept here and has to be asked each time.
 */
interface KnownCookies {
  /** The session's id, or undefined when the header is not known, or not any more. */
  sessionId(header: string, now: Date): string | undefined;
  add(header: string, sessionId: string, until: Date): void;
}

const MOST = 5000;
/** Longer ones, with many cookies of others, are looked at anew each time. */
const LONGEST = 1000;

export function createKnownCookies(): KnownCookies {
  const known = new Map<string, { sessionId: string; until: Date }>();
  return {
    sessionId(header, now) {
      const found = known.get(header);
      if (!found || found.until > now) return found?.sessionId;
      known.delete(header);
      return undefined;
    },
    add(header, sessionId, until) {
      if (header.length > LONGEST) return;
      const [oldest] = known.keys();
      if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
      known.set(header, { sessionId, until });
    },
  };
}
