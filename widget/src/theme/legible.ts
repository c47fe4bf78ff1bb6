import { contrast, luminance, TEXT_CONTRAST } from "./contrast.ts";

/** `colour`, moved in tenths towards black or white until it can be read as text on `surface`. */
export function legible(colour: string, surface: string): string {
  const target = luminance(surface) > 0.18 ? 0 : 255;
  for (let tenths = 0; tenths < 10; tenths++) {
    const shade = mix(colour, target, tenths / 10);
    if (contrast(shade, surface) >= TEXT_CONTRAST) return shade;
  }
  return target ? "#ffffff" : "#000000";
}

function mix(hex: string, target: number, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(channel + (target - channel) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
