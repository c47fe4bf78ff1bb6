/** WCAG 2.2, 1.4.3: text needs this ratio to what is behind it. */
export const TEXT_CONTRAST = 4.5;

const WHITE = "#ffffff";
const INK = "#1c1f23";

/** WCAG relative luminance of `#rrggbb`, 0 (black) to 1 (white). */
export function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * Number(r) + 0.7152 * Number(g) + 0.0722 * Number(b);
}

/** WCAG contrast ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (Number(light) + 0.05) / (Number(dark) + 0.05);
}

/** The colour of text on `background`: white where it is legible, else dark ink; black in the narrow band where neither is. */
export function textOn(background: string): string {
  if (contrast(background, WHITE) >= TEXT_CONTRAST) return WHITE;
  return contrast(background, INK) >= TEXT_CONTRAST ? INK : "#000000";
}
