// Keyring: the circles' keys that somebody has opened with theirs. Lives in the worker and nowhere else.

import { type OpenedPart, open_part, recording_context } from './case_parts';
import { type Form, type PrivateKey, key_id, sealed_to } from './circle';
import { type LockedBy, MemberFile, passphrase_bytes } from './member';
import { recovery_bytes } from './recovery_code';
import { Refused } from './sealed';
import { Shares, parse_private_key, parse_public_key } from './shares';
import { is_sound_key } from './sodium';
import { type SealedReply, type Written, open_note, open_reply, open_task, seal_note, seal_reply, seal_task } from './writing';

export interface Unlocking {
  readonly files: readonly string[]; // texts: a member's file and shares, or circles' private keys
  readonly secret: string;
  readonly by: LockedBy;
}

export class Keyring {
  readonly #keys = new Map<string, PrivateKey>();

  /// What opens afterwards: at least one circle, else it throws and holds what it held.
  unlock(asked: Unlocking): number {
    const circles = asked.files.filter((text) => text.startsWith('rightsline-circle-private ')).map(parse_private_key);
    const shares = asked.files
      .filter((text) => text.startsWith('rightsline-circle-shares '))
      .map((text) => new Shares(text));
    const member = asked.files.find((text) => text.startsWith('rightsline-member '));
    if (circles.length === 0 && (member === undefined || shares.length === 0)) {
      throw new Refused('bad_key_file');
    }
    if (member !== undefined && shares.length > 0) {
      circles.push(...open_shares(new MemberFile(member), shares, asked));
    }
    for (const circle of circles) {
      this.#keys.set(circle.id, circle);
    }
    return this.#keys.size;
  }

  open_part(program: string, case_id: string, sealed: Uint8Array): OpenedPart {
    return open_part(this.#key_for(sealed, 'part'), program, case_id, sealed);
  }

  open_recording(program: string, id: string, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#key_for(sealed, 'recording').open_recording(recording_context(program, id), sealed);
  }

  open_note(program: string, case_id: string, sealed: Uint8Array): Written {
    return open_note(this.#key_for(sealed, 'part'), program, case_id, sealed);
  }

  open_reply(program: string, case_id: string, id: string, sealed: Uint8Array): Written {
    return open_reply(this.#key_for(sealed, 'part'), program, case_id, id, sealed);
  }

  open_task(program: string, case_id: string, sealed: Uint8Array): string {
    return open_task(this.#key_for(sealed, 'part'), program, case_id, sealed);
  }

  seal_task(circle: string, program: string, case_id: string, words: string): Uint8Array<ArrayBuffer> {
    return seal_task(this.#own_circle(circle), program, case_id, words);
  }

  /// `circle`: the public key file that the server names.
  seal_note(circle: string, program: string, case_id: string, note: Written): Uint8Array<ArrayBuffer> {
    return seal_note(this.#own_circle(circle), program, case_id, note);
  }

  seal_reply(circle: string, mailbox: Uint8Array, program: string, case_id: string, reply: Written): SealedReply {
    if (mailbox.length !== 32 || !is_sound_key(mailbox)) {
      throw new Refused('bad_key_file');
    }
    return seal_reply(this.#own_circle(circle), mailbox, program, case_id, reply);
  }

  lock(): void {
    for (const key of this.#keys.values()) {
      key.wipe();
    }
    this.#keys.clear();
  }

  /// Whoever has the server could name a key of their own: what is written goes to a circle that the writer can open.
  #own_circle(file: string): Uint8Array {
    const circle = parse_public_key(file);
    if (!this.#keys.has(key_id(circle))) {
      throw new Refused('unknown_key');
    }
    return circle;
  }

  #key_for(sealed: Uint8Array, form: Form): PrivateKey {
    const key = this.#keys.get(sealed_to(sealed, form));
    if (key === undefined) {
      throw new Refused('unknown_key');
    }
    return key;
  }
}

/// Those that the member has a share of: a circle that they joined later does not shut out one that they were in.
function open_shares(file: MemberFile, shares: readonly Shares[], asked: Unlocking): PrivateKey[] {
  const secret = asked.by === 'passphrase' ? passphrase_bytes(asked.secret) : recovery_bytes(asked.secret);
  const member = file.open(secret, asked.by);
  secret.fill(0);
  const opened: PrivateKey[] = [];
  for (const one of shares) {
    try {
      opened.push(one.open(member));
    } catch (refused) {
      if (!(refused instanceof Refused && refused.why === 'not_a_member')) {
        throw refused;
      }
    }
  }
  member.wipe();
  if (opened.length === 0) {
    throw new Refused('not_a_member');
  }
  return opened;
}
