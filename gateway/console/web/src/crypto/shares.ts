// A circle's shares file (PROGRAM.VERSION.shares): its private key, sealed to each member (gateway/vault/shares.hpp).

import { type Bytes, same } from './bytes';
import { PrivateKey, head_bytes, key_id } from './circle';
import { KeyFile, check_mac, name_in, public_key_in, read_summed, version_in } from './key_file';
import { Refused } from './sealed';
import { is_sound_key, sealed_box_extra } from './sodium';

const first_line = 'rightsline-circle-shares 1';
const most_file_bytes = 64 * 1024;
const most_members = 50;
const share_bytes = head_bytes + sealed_box_extra + 256;

interface Held {
  readonly name: string;
  readonly key: Bytes;
  readonly share: Bytes;
}

function held_in(file: KeyFile, prefix: string): Held {
  const held = {
    name: name_in(file, `${prefix}name`),
    key: file.bytes(`${prefix}key`, 32),
    share: file.bytes(`${prefix}share`, share_bytes),
  };
  if (!is_sound_key(held.key)) {
    throw new Refused('bad_key_file');
  }
  return held;
}

export class Shares {
  readonly name: string;
  readonly version: number;
  readonly key: Bytes;
  readonly #held: Held[] = [];
  readonly #summed: string;

  constructor(text: string) {
    const { file, name, key, summed } = read_summed(text, first_line, most_file_bytes);
    this.name = name;
    this.version = version_in(file);
    this.key = key;
    this.#summed = summed;
    for (let place = 1; file.get(`member.${place}.name`) !== ''; ++place) {
      this.#held.push(held_in(file, `member.${place}.`));
    }
    if (this.#held.length === 0 || this.#held.length > most_members) {
      throw new Refused('bad_key_file');
    }
  }

  /// Who has a share of it, by the names of their keys.
  get members(): readonly string[] {
    return this.#held.map((one) => one.name);
  }

  /// What a share is bound to.
  get context(): string {
    return `rightsline share|${this.name}|${this.version}|${key_id(this.key)}`;
  }

  /// The circle's private key, for one of its members.
  open(member: PrivateKey): PrivateKey {
    const mine = this.#held.find((held) => same(held.key, member.key));
    if (mine === undefined) {
      throw new Refused('not_a_member');
    }
    const scalar = member.open_part(this.context, mine.share);
    if (scalar.length !== 32) {
      throw new Refused('sealed_otherwise');
    }
    const circle = new PrivateKey(scalar);
    scalar.fill(0);
    if (!same(circle.key, this.key)) {
      throw new Refused('sealed_otherwise');
    }
    check_mac(this.#summed, circle);
    return circle;
  }
}

const public_line = 'rightsline-circle-public 1';

/// The public key of a circle, from its file.
export const parse_public_key = (text: string): Bytes => parse_public_file(text).key;

export function parse_public_file(text: string): { name: string; key: Bytes } {
  const file = new KeyFile(text, public_line, 4096);
  const name = name_in(file);
  version_in(file);
  return { name, key: public_key_in(file) };
}

const private_line = 'rightsline-circle-private 1';

/// The private key file that `rightsline key init` wrote, where a circle has no members yet.
export const parse_private_key = (text: string): PrivateKey => parse_private_file(text).key;

export function parse_private_file(text: string): { name: string; version: number; key: PrivateKey } {
  const file = new KeyFile(text, private_line, 4096);
  const [name, version] = [name_in(file), version_in(file)];
  const key = new PrivateKey(file.bytes('key', 32));
  if (file.get('id') !== key.id) {
    throw new Refused('bad_key_file');
  }
  return { name, version, key };
}
