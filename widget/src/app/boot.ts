import { isRecord } from "../bridge/shape.ts";

interface Boot {
  siteKey: string;
  /** Origins that may frame this page, wildcards included. */
  allowedOrigins: string[];
}

/** What the server wrote into the frame's HTML. Throws when it wrote nothing usable: the build and the server disagree. */
export function readBoot(): Boot {
  const data: unknown = JSON.parse(document.getElementById("rolodesk-boot")?.textContent ?? "null");
  if (!isRecord(data) || typeof data.siteKey !== "string" || !Array.isArray(data.allowedOrigins)) {
    throw new Error("The frame has no boot data.");
  }
  return { siteKey: data.siteKey, allowedOrigins: data.allowedOrigins.map(String) };
}
