import { describe, expect, test } from "vitest";
import { hrefOf, matchPath, navigate, place, toPlace } from "../../sidebar/src/router.ts";

describe("places", () => {
  test.each([
    ["/app", "/"],
    ["/app/", "/"],
    ["/app/inbox", "/inbox"],
    ["/app/inbox/", "/inbox"],
    ["/apple", "/"],
    ["/demo", "/"],
  ])("%s is %s", (pathname, path) => {
    expect(toPlace({ pathname, search: "" }).path).toBe(path);
  });

  test("the query is part of the place", () => {
    expect(toPlace({ pathname: "/app/inbox", search: "?view=mine" }).query.get("view")).toBe("mine");
  });

  test.each([
    ["/inbox/:id", "/inbox/42", { id: "42" }],
    ["/inbox/:id", "/inbox", null],
    ["/inbox/:id", "/inbox/42/more", null],
    ["/inbox/:id", "/settings/42", null],
    ["/inbox/:id", "/inbox/a%20b", { id: "a b" }],
    ["/inbox/:id", "/inbox/%E0%A4%A", { id: "%E0%A4%A" }],
    ["/settings/sites", "/settings/sites", {}],
  ])("%s on %s", (pattern, path, params) => {
    expect(matchPath(pattern, path)).toEqual(params);
  });

  test("going somewhere changes the address and the place", () => {
    navigate("/inbox/42?view=mine");
    expect(window.location.pathname).toBe(hrefOf("/inbox/42"));
    expect(place.value.path).toBe("/inbox/42");
    expect(place.value.query.get("view")).toBe("mine");
  });
});
