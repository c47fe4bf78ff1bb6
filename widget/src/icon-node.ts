/** One lucide icon: its shapes on a 24 × 24 grid. */
export type IconNode = [tag: string, attributes: Record<string, string | number | undefined>][];
