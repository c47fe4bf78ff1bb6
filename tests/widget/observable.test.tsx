// @vitest-environment happy-dom
import { render } from "preact";
import { test } from "vitest";
import { observable, useObservable } from "../../widget/src/app/observable.ts";
import { eventually } from "../support/eventually.ts";

test("a change right after the first drawing, before its effects ran, is drawn too", async () => {
  const count = observable(0);
  function Count() {
    return <b>{useObservable(count)}</b>;
  }
  render(<Count />, document.body);
  count.set(1);
  await eventually("the change to be drawn", () => document.body.textContent === "1");
});
