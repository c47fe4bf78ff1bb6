import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Nearer to the end than this, the reader follows new messages. */
const STICK_PX = 80;

interface Ends {
  firstKey: string | undefined;
  lastKey: string | undefined;
  /** How many entries the thread has, unsent ones included. */
  count: number;
}

/**
 * Scrolling of a thread: it follows new messages only while the reader is at the end, counts those that came meanwhile,
 * and keeps its place when older ones are put on top.
 */
export function useStickToEnd(scroller: RefObject<HTMLDivElement | null>, ends: Ends) {
  const atEnd = useRef(true);
  const height = useRef(0);
  const seen = useRef(ends);
  const [behind, setBehind] = useState(0);
  const [isAtEnd, setIsAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
    setBehind(0);
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = seen.current;
    const olderCame = before.firstKey !== ends.firstKey && before.lastKey === ends.lastKey;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    else if (olderCame) element.scrollTop += element.scrollHeight - height.current;
    else if (before.lastKey !== ends.lastKey) setBehind((count) => count + Math.max(1, ends.count - before.count));
    height.current = element.scrollHeight;
    seen.current = ends;
  }, [ends.firstKey, ends.lastKey, ends.count, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    function note(): void {
      if (!element) return;
      height.current = element.scrollHeight;
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight <= STICK_PX;
      setIsAtEnd(atEnd.current);
      if (atEnd.current) setBehind(0);
    }
    element.addEventListener("scroll", note, { passive: true });
    const resized = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    if (element.firstElementChild) resized.observe(element.firstElementChild);
    return () => {
      element.removeEventListener("scroll", note);
      resized.disconnect();
    };
  }, [scroller]);

  return { behind, isAtEnd, toEnd };
}
