// Server-sent events read from a stream, piece by piece as the network cuts them. Knows nothing of what they mean.

export interface ServerEvent {
  readonly id: string; // "": it has none
  readonly name: string;
  readonly data: string;
}

const longest = 1 << 16; // of one event; ours are a few hundred bytes

function event_in(block: string): ServerEvent | undefined {
  const said = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      said.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
    }
  }
  const name = said.get('event');
  return name === undefined ? undefined : { id: said.get('id') ?? '', name, data: said.get('data') ?? '' };
}

/// Whole events go to `take`, in their order; what is not whole yet waits for the next piece. Throws when one is too long.
export class EventReader {
  #rest = '';
  readonly #text = new TextDecoder();
  readonly #take: (event: ServerEvent) => void;

  constructor(take: (event: ServerEvent) => void) {
    this.#take = take;
  }

  feed(bytes: Uint8Array): void {
    const blocks = (this.#rest + this.#text.decode(bytes, { stream: true })).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = event_in(block);
      if (event !== undefined) {
        this.#take(event);
      }
    }
    if (this.#rest.length > longest) {
      throw new Error('an event without an end');
    }
  }
}
