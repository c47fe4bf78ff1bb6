import { createHmac } from "node:crypto";
import { equalSecrets } from "../equal-secrets.ts";

interface SignedRequest {
  readonly method: string;
  /** As HubSpot called it, with scheme, host and query. */
  readonly url: string;
  readonly rawBody: Uint8Array;
  /** `X-HubSpot-Request-Timestamp`, epoch milliseconds as text. */
  readonly timestamp: string;
}

/** The escapes HubSpot undoes before it signs, and no others (HubSpot, "Validating requests", v3). */
const DECODED: Readonly<Record<string, string>> = {
  "%3A": ":",
  "%2F": "/",
  "%3F": "?",
  "%40": "@",
  "%21": "!",
  "%24": "$",
  "%27": "'",
  "%28": "(",
  "%29": ")",
  "%2A": "*",
  "%2C": ",",
  "%3B": ";",
};

/** `X-HubSpot-Signature-v3`: base64 of HMAC-SHA256 over method, address, body and timestamp, keyed by the app's client secret. */
export function hubspotSignature({ method, url, rawBody, timestamp }: SignedRequest, clientSecret: string): string {
  const hmac = createHmac("sha256", clientSecret);
  hmac
    .update(method + decodeForSigning(url), "utf8")
    .update(rawBody)
    .update(timestamp, "utf8");
  return hmac.digest("base64");
}

export function isSignedByHubSpot(request: SignedRequest, signature: string, clientSecret: string): boolean {
  return equalSecrets(signature, hubspotSignature(request, clientSecret));
}

function decodeForSigning(url: string): string {
  return url.replace(/%[0-9a-f]{2}/gi, (coded) => DECODED[coded.toUpperCase()] ?? coded);
}
