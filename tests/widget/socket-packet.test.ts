import { describe, expect, test } from "vitest";
import { decodePacket, encodeConnect, encodeEvent } from "../../widget/src/app/socket-packet.ts";

describe("frames from the server (examples as in the protocols' documents)", () => {
  test.each([
    [
      '0{"sid":"lv_VI97HAXpY6yYWAAAB","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}',
      { type: "opened", patienceMs: 45_000 },
    ],
    ["1", { type: "closed" }],
    ["2", { type: "ping" }],
    ['40{"sid":"wZX3oN0bSVIhsaknAAAI"}', { type: "connected" }],
    ["41", { type: "closed" }],
    ['42["message",{"seq":1}]', { type: "event", name: "message", payload: { seq: 1 } }],
    ['42["session.ended"]', { type: "event", name: "session.ended", payload: undefined }],
    ['4212["message",1]', { type: "event", name: "message", payload: 1 }],
    ['437[{"ok":true}]', { type: "reply", id: 7, payload: { ok: true } }],
    ["4312[]", { type: "reply", id: 12, payload: undefined }],
    ['44{"message":"unauthenticated"}', { type: "refused", message: "unauthenticated" }],
  ])("%s", (frame, packet) => {
    expect(decodePacket(frame)).toEqual(packet);
  });

  test.each([
    ["6"],
    ["3probe"],
    [""],
    ["x"],
    ['42{"0":"message"}'],
    ["42[5]"],
    ["42[broken"],
    ["43{}"],
    ["0"],
    [new ArrayBuffer(2)],
  ])("%s says nothing", (frame) => {
    expect(decodePacket(frame)).toBeNull();
  });
});

test("frames to the server", () => {
  expect(encodeConnect('a"b')).toBe('40{"token":"a\\"b"}');
  expect(encodeEvent("typing", { on: true }, null)).toBe('42["typing",{"on":true}]');
  expect(encodeEvent("message.send", { text: "[1]" }, 12)).toBe('4212["message.send",{"text":"[1]"}]');
});
