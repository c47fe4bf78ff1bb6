/** A random UUID; `crypto.randomUUID` is missing where the console is served without TLS. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => hexOf(index === 6 ? (byte & 0x0f) | 0x40 : byte, index));
  const joined = hex.join("");
  return [joined.slice(0, 8), joined.slice(8, 12), joined.slice(12, 16), joined.slice(16, 20), joined.slice(20)].join(
    "-",
  );
}

function hexOf(byte: number, index: number): string {
  const marked = index === 8 ? (byte & 0x3f) | 0x80 : byte;
  return marked.toString(16).padStart(2, "0");
}
