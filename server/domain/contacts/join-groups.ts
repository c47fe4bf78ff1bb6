/** Two that belong together, and why. */
export interface Edge {
  readonly a: string;
  readonly b: string;
  readonly why: string;
}

export interface JoinedGroup {
  readonly members: readonly string[];
  /** Every reason, in order; the first names the group. */
  readonly why: readonly string[];
}

/** Everybody who belongs together over any number of steps. Groups are in the order of their first reasons. */
export function joinGroups(edges: readonly Edge[]): JoinedGroup[] {
  const parent = new Map<string, string>();
  for (const { a, b } of edges) {
    const [one, other] = [rootOf(parent, a), rootOf(parent, b)];
    if (one < other) parent.set(other, one);
    else if (other < one) parent.set(one, other);
  }
  const groups = new Map<string, { members: Set<string>; why: Set<string> }>();
  for (const { a, b, why } of edges) {
    const root = rootOf(parent, a);
    const group = groups.get(root) ?? { members: new Set(), why: new Set() };
    group.members.add(a).add(b);
    group.why.add(why);
    groups.set(root, group);
  }
  const joined = [...groups.values()].map(({ members, why }) => ({
    members: [...members].sort(),
    why: [...why].sort(),
  }));
  return joined.sort((x, y) => ((x.why[0] ?? "") < (y.why[0] ?? "") ? -1 : 1));
}

function rootOf(parent: Map<string, string>, id: string): string {
  let root = id;
  for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next;
  for (let at = id; at !== root; ) {
    const next = parent.get(at) ?? root;
    parent.set(at, root);
    at = next;
  }
  return root;
}
