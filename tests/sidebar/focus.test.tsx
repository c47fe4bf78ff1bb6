import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { afterEach, expect, test } from "vitest";
import { ConfirmInline } from "../../sidebar/src/components/confirm-inline.tsx";
import { OpensForm } from "../../sidebar/src/screens/settings/opens-form.tsx";
import { ShownOnce } from "../../sidebar/src/screens/settings/shown-once.tsx";

afterEach(() => render(null, document.body));

function button(name: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll("button")].find(
    (one) => (one.getAttribute("aria-label") ?? one.textContent) === name,
  );
}

async function press(name: string): Promise<void> {
  await act(() => {
    button(name)?.focus();
    button(name)?.click();
  });
}

test("a button that asks once more takes Esc for a no, and has the focus again", async () => {
  let confirmed = 0;
  await act(() =>
    render(
      <ConfirmInline label="Remove" question="Sure?" confirmLabel="Remove it" onConfirm={() => (confirmed += 1)} />,
      document.body,
    ),
  );
  expect(document.activeElement).toBe(document.body);
  await press("Remove");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Sure?");
  await act(() => {
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  });
  expect(document.activeElement).toBe(button("Remove"));
  expect(confirmed).toBe(0);
});

function MakesSecret() {
  const [state, setState] = useState<"idle" | "form" | "made">("idle");
  return (
    <>
      <OpensForm icon={[]} label="New key" isOpen={state === "form"} onOpen={() => setState("form")} />
      {state === "form" && (
        <form>
          <button type="button" onClick={() => setState("made")}>
            Make
          </button>
          <button type="button" onClick={() => setState("idle")}>
            Cancel
          </button>
        </form>
      )}
      {state === "made" && (
        <ShownOnce title="Copy it now" what="key" about="" text="rk_1" onClose={() => setState("idle")} />
      )}
    </>
  );
}

test("a form that is cancelled gives the focus back to the button that opened it", async () => {
  await act(() => render(<MakesSecret />, document.body));
  await press("New key");
  expect(button("New key")).toBeUndefined();
  await press("Cancel");
  expect(document.activeElement).toBe(button("New key"));
});

test("a secret that is shown once has the focus until it is hidden, and gives it back", async () => {
  await act(() => render(<MakesSecret />, document.body));
  await press("New key");
  await press("Make");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Copy it now");
  await press("Hide the key");
  expect(document.activeElement).toBe(button("New key"));
});
