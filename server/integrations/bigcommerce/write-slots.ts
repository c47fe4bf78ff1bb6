/**
 * BigCommerce, Customers v3: updates of customers and of attribute values are limited to three at once, each. All
 * connectors of this process to one store share these slots; they are taken in the order of asking. Other processes are kept
 * out by the gate before the call.
 */
const WRITES_AT_ONCE = 3;

interface Slots {
  taken: number;
  readonly waiting: (() => void)[];
}

const slots = new Map<string, Slots>();

/** Runs `write` as soon as one of the three slots of `address` is free. */
export async function withWriteSlot<T>(address: string, write: () => Promise<T>): Promise<T> {
  const here = slots.get(address) ?? { taken: 0, waiting: [] };
  slots.set(address, here);
  if (here.taken < WRITES_AT_ONCE) here.taken += 1;
  else await new Promise<void>((free) => here.waiting.push(free));
  try {
    return await write();
  } finally {
    const next = here.waiting.shift();
    if (next) next();
    else here.taken -= 1;
    if (here.taken === 0) slots.delete(address);
  }
}
