import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test } from "vitest";
import {
  type InputValues,
  type ProviderInput,
  ProviderInputs,
  valuesOf,
} from "../../sidebar/src/screens/settings/connections/provider-inputs.tsx";

afterEach(() => render(null, document.body));

const typed: ProviderInput = { name: "storeHash", in: "settings", label: "Store hash", hint: "", required: true };
const chosen: ProviderInput = {
  name: "allowCreate",
  in: "settings",
  label: "Create customers",
  hint: "",
  required: false,
  choices: [
    { value: "no", label: "No" },
    { value: "yes", label: "Yes" },
  ],
};

async function show(
  values: InputValues,
  onValues: (values: InputValues) => void = () => {},
): Promise<HTMLSelectElement> {
  const inputs = [typed, chosen];
  await act(() => render(<ProviderInputs {...{ inputs, values, onValues, fields: {} }} />, document.body));
  const [select, ...more] = document.querySelectorAll("select");
  if (!select || more.length > 0) throw new Error("One of the inputs has choices.");
  return select;
}

test("an input with few values is a list of them, and stands on the first until one is stored", async () => {
  const select = await show({});
  expect(Array.from(select.options).map(({ textContent }) => textContent)).toEqual(["No", "Yes"]);
  expect(select.value).toBe("no");
  expect((await show({ "settings.allowCreate": "yes" })).value).toBe("yes");
  expect(document.querySelectorAll("input")).toHaveLength(1);
});

test("what is chosen is what is sent", async () => {
  let values: InputValues = { "settings.storeHash": "abc123" };
  const select = await show(values, (changed) => {
    values = changed;
  });
  select.value = "yes";
  await act(() => void select.dispatchEvent(new Event("change", { bubbles: true })));
  expect(valuesOf([typed, chosen], "settings", values)).toEqual({ storeHash: "abc123", allowCreate: "yes" });
});
