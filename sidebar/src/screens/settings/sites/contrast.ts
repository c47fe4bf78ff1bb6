/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const WHITE = "#ffffff";
const DARK = "#1c1f23";

/** The text colour that reads better on an accent, and how well. `accent` is #rrggbb. */
export function textOn(accent: string): { color: string; name: "White" | "Dark"; ratio: number } {
  const white = contrast(accent, WHITE);
  const dark = contrast(accent, DARK);
  return white >= dark ? { color: WHITE, name: "White", ratio: white } : { color: DARK, name: "Dark", ratio: dark };
}

export function isColor(value: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(value);
}
