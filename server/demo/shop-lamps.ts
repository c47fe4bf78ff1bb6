/** The lamps of a shop that does not exist. `drawing` is what stands in a 200 × 200 SVG. */
export interface Lamp {
  readonly name: string;
  readonly kind: string;
  readonly price: string;
  readonly drawing: string;
}

const GLOW = `<radialGradient id="glow"><stop offset="0" stop-color="#ffe9b8"/><stop offset="1" stop-color="#ffe9b8" stop-opacity="0"/></radialGradient>`;

export const LAMP_DEFINITIONS = `<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>${GLOW}</defs></svg>`;

export const LAMPS: readonly Lamp[] = [
  {
    name: "Arc",
    kind: "Desk lamp, brushed brass",
    price: "$148",
    drawing: `<circle cx="66" cy="104" r="62" fill="url(#glow)"/>
      <path d="M132 168V96a36 36 0 0 0-64-22" fill="none" stroke="#a8803c" stroke-width="6" stroke-linecap="round"/>
      <path d="M44 92a26 26 0 0 1 46-18l-34 38a26 26 0 0 1-12-20z" fill="#c39a4f"/>
      <rect x="102" y="164" width="60" height="9" rx="4.5" fill="#8a6a32"/>`,
  },
  {
    name: "Dune",
    kind: "Floor lamp, linen and oak",
    price: "$326",
    drawing: `<circle cx="100" cy="70" r="70" fill="url(#glow)"/>
      <path d="M72 34h56l18 56H54z" fill="#efe2cb"/>
      <path d="M100 90v76M100 120l-26 50M100 120l26 50" stroke="#7d5a3a" stroke-width="6" stroke-linecap="round"/>`,
  },
  {
    name: "Halo",
    kind: "Pendant, opal glass",
    price: "$214",
    drawing: `<path d="M100 0v62" stroke="#3a3f45" stroke-width="3"/>
      <circle cx="100" cy="112" r="76" fill="url(#glow)"/>
      <circle cx="100" cy="112" r="46" fill="#fff8ea" stroke="#ead9b5" stroke-width="2"/>
      <rect x="90" y="56" width="20" height="14" rx="4" fill="#3a3f45"/>`,
  },
  {
    name: "Moth",
    kind: "Bedside lamp, stoneware",
    price: "$96",
    drawing: `<circle cx="100" cy="84" r="66" fill="url(#glow)"/>
      <path d="M52 96a48 48 0 0 1 96 0z" fill="#d9c3a3"/>
      <path d="M84 100h32l10 44a26 26 0 0 1-52 0z" fill="#5d7d74"/>
      <rect x="70" y="166" width="60" height="8" rx="4" fill="#47615a"/>`,
  },
];
