import type { Network } from "./sync-rig.ts";

export interface HeldAnswers {
  readonly network: Network;
  /** Resolves once the CRM has done what the held call asked. */
  readonly reached: Promise<void>;
  /** Lets the held answer arrive. */
  release(): void;
}

/** A network that holds back the answer to the first call that `which` picks, after the CRM has done its work. */
export function holdAnswer(which: (request: Request) => boolean): HeldAnswers {
  const reached = gate();
  const released = gate();
  let held = false;
  return {
    reached: reached.opened,
    release: released.open,
    async network(send, request) {
      if (held || !which(request)) return await send();
      held = true;
      const answer = await send();
      reached.open();
      await released.opened;
      return answer;
    },
  };
}

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Calls that change a CRM. */
export function isWrite({ method, url }: Request): boolean {
  return method !== "GET" && !/\/search|\/oauth2\/|\/batch\/read$/.test(url);
}
