// A parcel of recordings: a tar of the very folder that `rightsline prompts export` writes.
//
// <language>/<key>.<piece>.wav, and <language>/manifest.tsv beside them: name, hash of the words, milliseconds, the words.
// Pure: bytes in, bytes out. Must never: take a path from a parcel as more than a name; what it holds may be anything.

export interface ParcelSound {
  readonly name: string; // "hotline.main.menu.0"
  readonly words: string; // the hash of what it says; "": the parcel does not tell
  readonly sound: Uint8Array<ArrayBuffer>;
}

export interface ParcelLine extends ParcelSound {
  readonly text: string;
  readonly length_ms: number;
}

const block = 512;
const longest_name = 100; // of a tar's first field; the folder goes into another one then
const manifest = 'manifest.tsv';

function header_of(path: string, size: number): Uint8Array {
  const head = new Uint8Array(block);
  const put = (at: number, text: string): void => void new TextEncoder().encodeInto(text, head.subarray(at));
  const fits = path.length <= longest_name;
  put(0, fits ? path : path.slice(path.indexOf('/') + 1).slice(0, longest_name));
  put(345, fits ? '' : path.slice(0, path.indexOf('/')));
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${size.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0'); // no time: the same recordings make the same parcel
  put(148, '        ');
  put(156, '0');
  put(257, 'ustar\x0000');
  const sum = head.reduce((all, byte) => all + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return head;
}

function pack(files: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const padded = (size: number): number => Math.ceil(size / block) * block;
  const whole = new Uint8Array(files.reduce((all, [, bytes]) => all + block + padded(bytes.length), 2 * block));
  let at = 0;
  for (const [path, bytes] of files) {
    whole.set(header_of(path, bytes.length), at);
    whole.set(bytes, at + block);
    at += block + padded(bytes.length);
  }
  return whole;
}

export function parcel_of(language: string, lines: readonly ParcelLine[]): Uint8Array<ArrayBuffer> {
  const row = (one: ParcelLine): string => `${one.name}\t${one.words}\t${one.length_ms}\t${one.text.replaceAll(/[\t\r\n]/g, ' ')}\n`;
  const listed = new TextEncoder().encode(lines.map(row).join(''));
  return pack([...lines.map((one) => [`${language}/${one.name}.wav`, one.sound] as const), [`${language}/${manifest}`, listed] as const]);
}

const text_at = (head: Uint8Array, at: number, size: number): string => {
  const field = head.subarray(at, at + size);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
};

/// Files by path, as far as the tar can be read; undefined: it is none.
function unpack(tar: Uint8Array<ArrayBuffer>): Map<string, Uint8Array<ArrayBuffer>> | undefined {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const head = tar.subarray(at, at + block);
    const size = Number.parseInt(text_at(head, 124, 12).trim(), 8);
    const end = at + block + size;
    if (text_at(head, 257, 5) !== 'ustar' || !Number.isSafeInteger(size) || size < 0 || end > tar.length) {
      return undefined;
    }
    const kind = text_at(head, 156, 1);
    if (kind === '0' || kind === '') {
      const before = text_at(head, 345, 155);
      files.set(`${before === '' ? '' : `${before}/`}${text_at(head, 0, 100)}`, tar.slice(at + block, end));
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

/// The sounds of one language; undefined: this is no parcel.
export function sounds_in(tar: Uint8Array<ArrayBuffer>, language: string): readonly ParcelSound[] | undefined {
  const files = unpack(tar);
  if (files === undefined || files.size === 0) {
    return undefined;
  }
  const here = (path: string): string | undefined => {
    const [name = '', folder = ''] = path.split('/').reverse();
    return folder === language ? name : undefined;
  };
  const words = new Map<string, string>();
  for (const [path, bytes] of files) {
    if (here(path) === manifest) {
      for (const row of new TextDecoder().decode(bytes).split('\n')) {
        const [name = '', hash = ''] = row.split('\t');
        words.set(name, hash);
      }
    }
  }
  return Array.from(files).flatMap(([path, sound]) => {
    const file = here(path) ?? '';
    const name = file.slice(0, -4);
    return file.endsWith('.wav') ? [{ name, words: words.get(name) ?? '', sound }] : [];
  });
}
