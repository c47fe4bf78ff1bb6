interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

interface GatherOptions<Input, Output> {
  /** Answers one output per input, in order; when it fails, all of that write fail. */
  readonly write: (inputs: readonly Input[]) => Promise<readonly Output[]>;
  /** Inputs of one key are written one after the other, in order. */
  readonly keyOf: (input: Input) => string;
  /** Writes under way at a time. */
  readonly atOnce: number;
}

const MOST_IN_A_WRITE = 500;

/**
 * Makes many small writes few: while as many as may are under way, what arrives is gathered for the next. No timer: alone, a
 * write begins at once.
 */
export function gatherWrites<Input, Output>({ write, keyOf, atOnce }: GatherOptions<Input, Output>) {
  let waiting: Waiting<Input, Output>[] = [];
  const keysUnderWay = new Set<string>();
  let writers = 0;

  function takeBatch(): Waiting<Input, Output>[] {
    const batch: Waiting<Input, Output>[] = [];
    const later: Waiting<Input, Output>[] = [];
    for (const one of waiting) {
      const key = keyOf(one.input);
      if (batch.length === MOST_IN_A_WRITE || keysUnderWay.has(key)) {
        later.push(one);
        continue;
      }
      keysUnderWay.add(key);
      batch.push(one);
    }
    waiting = later;
    return batch;
  }

  async function writeAll(): Promise<void> {
    writers += 1;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      await settle(batch, write);
      for (const { input } of batch) keysUnderWay.delete(keyOf(input));
    }
    writers -= 1;
  }

  return (input: Input): Promise<Output> =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (writers < atOnce) void writeAll();
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
