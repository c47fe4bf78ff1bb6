type Close = () => Promise<unknown> | unknown;

export interface Closing {
  /** Remembers how to undo a step of the start. */
  add(close: Close): void;
  /** Undoes all steps, last first; one that fails does not keep the others from being undone. */
  run(): Promise<void>;
}

/** What must be closed again, gathered while starting, so that a start that fails half way leaves nothing behind. */
export function createClosing(onError: (error: unknown) => void): Closing {
  const steps: Close[] = [];
  return {
    add(close) {
      steps.push(close);
    },
    async run() {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
