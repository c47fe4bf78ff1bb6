import { useEffect, useState } from "preact/hooks";
import { readStored, writeStored } from "../../stored-choice.ts";

const MIN_PX = 300;
const MAX_PX = 480;
const DEFAULT_PX = 340;
const STEP_PX = 20;

/** A width within what the sidebar allows; anything unreadable is the default. */
export function clampWidth(width: number): number {
  if (!Number.isFinite(width)) return DEFAULT_PX;
  return Math.min(MAX_PX, Math.max(MIN_PX, Math.round(width)));
}

function storedWidth(): number {
  const stored = readStored("sidebar-width");
  return stored === null ? DEFAULT_PX : clampWidth(Number(stored));
}

/** The sidebar's left edge: drag it, or move it with the arrow keys. The width is remembered. */
export function ResizeHandle() {
  const [width, setWidth] = useState(storedWidth);
  useEffect(() => {
    document.documentElement.style.setProperty("--sidebar-width", `${width}px`);
    writeStored("sidebar-width", String(width));
  }, [width]);

  function drag(event: PointerEvent & { currentTarget: HTMLElement }): void {
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    function move(moved: PointerEvent): void {
      setWidth(clampWidth(document.documentElement.clientWidth - moved.clientX));
    }
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be a focusable splitter
    <div
      class="side-resize"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Sidebar width"
      aria-valuenow={width}
      aria-valuemin={MIN_PX}
      aria-valuemax={MAX_PX}
      onPointerDown={drag}
      onDblClick={() => setWidth(DEFAULT_PX)}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") setWidth(clampWidth(width + STEP_PX));
        if (event.key === "ArrowRight") setWidth(clampWidth(width - STEP_PX));
      }}
    />
  );
}
