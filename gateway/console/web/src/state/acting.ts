// One thing that a page does on the server: once at a time, however often it is tapped, with what went wrong.
import { useRef, useState } from 'preact/hooks';

export interface Acting {
  readonly busy: boolean;
  readonly problem: unknown; // undefined: none
  readonly run: (act: () => Promise<void>) => Promise<void>;
}

export function useActing(): Acting {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState<unknown>(undefined);
  const under_way = useRef(false); // known at once, before the page is drawn anew
  const run = async (act: () => Promise<void>): Promise<void> => {
    if (under_way.current) {
      return;
    }
    under_way.current = true;
    set_busy(true);
    set_problem(undefined);
    try {
      await act();
    } catch (error) {
      set_problem(error);
    }
    under_way.current = false;
    set_busy(false);
  };
  return { busy, problem, run };
}

/// For a request that may be sent again with nothing done twice.
export const fresh_key = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
