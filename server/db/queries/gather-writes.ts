interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 500;

/**
 * Makes many small writes one: while a write is under way, what arrives is gathered for the next. No timer: alone, a write
 * begins at once. Two inputs of one key never go together. `write` answers one output per input, in order; when it fails,
 * all of that write fail.
 */
export function gatherWrites<Input, Output>(
  write: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  keyOf: (input: Input) => string,
): (input: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = [];
  let writing = false;

  function takeBatch(): Waiting<Input, Output>[] {
    const batch = new Map<string, Waiting<Input, Output>>();
    const later: Waiting<Input, Output>[] = [];
    for (const one of waiting) {
      const key = keyOf(one.input);
      if (batch.size < MOST_AT_ONCE && !batch.has(key)) batch.set(key, one);
      else later.push(one);
    }
    waiting = later;
    return [...batch.values()];
  }

  async function writeAll(): Promise<void> {
    writing = true;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      await settle(batch, write);
    }
    writing = false;
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!writing) void writeAll();
    });
}

async function settle<Input, Output>(
  batch: readonly Waiting<Input, Output>[],
  write: (inputs: readonly Input[]) => Promise<readonly Output[]>,
): Promise<void> {
  try {
    const outputs = await write(batch.map(({ input }) => input));
    for (const [index, output] of outputs.entries()) batch[index]?.resolve(output);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
