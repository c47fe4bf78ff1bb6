import { render } from "preact";
import { expect, test } from "vitest";
import { MessageText } from "../../widget/src/app/components/message-text.tsx";

function shown(text: string): HTMLElement {
  const root = document.createElement("div");
  render(<MessageText text={text} />, root);
  return root;
}

test.each([
  ["<script>alert(1)</script>"],
  ['<img src=x onerror="alert(1)">'],
  ["<svg/onload=alert(1)>"],
  ['"><iframe srcdoc="x">'],
  ["[click](javascript:alert(1))"],
  ["&lt;b&gt; {{constructor}} %s"],
])("%s is shown as it was written, and makes no element", (text) => {
  const root = shown(text);
  expect(root.textContent).toBe(text);
  expect(root.children).toHaveLength(0);
});

test("a link opens outside, tells the other page nothing and passes nothing on", () => {
  const link = shown("see https://example.com/a").querySelector("a");
  expect(link?.getAttribute("href")).toBe("https://example.com/a");
  expect(link?.target).toBe("_blank");
  expect(link?.rel.split(" ").toSorted()).toEqual(["nofollow", "noopener", "noreferrer"]);
});
