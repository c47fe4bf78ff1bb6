import type { FileEncodingFound } from "./inspect-upload.ts";

/** Bytes as text, without the mark at its beginning. A character that was cut between two pieces is put together again. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: FileEncodingFound,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== "") yield text;
  }
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}
