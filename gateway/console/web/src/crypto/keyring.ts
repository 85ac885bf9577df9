// Keyring: the circles' keys that somebody has opened with theirs. Lives in the worker and nowhere else.

import { type Answer, type OpenedPart, open_part, recording_context, seal_answer, seal_copy } from './case_parts';
import { type Form, type PrivateKey, key_id, sealed_to } from './circle';
import { type LockedBy, MemberFile, passphrase_bytes } from './member';
import { recovery_bytes } from './recovery_code';
import { Refused } from './sealed';
import { Shares, parse_private_file, parse_public_file, parse_public_key } from './shares';
import { is_sound_key } from './sodium';
import { type SealedReply, type Written, fresh_id, open_note, open_reply, open_task, seal_note, seal_reply, seal_task } from './writing';

export interface Unlocking {
  readonly files: readonly string[]; // texts: a member's file and shares, or circles' private keys
  readonly secret: string;
  readonly by: LockedBy;
}

/// What an open keyring opens; nothing of it is secret.
export interface Holdings {
  readonly member: string; // "": plain key files alone
  readonly fingerprint: string;
  readonly circles: readonly HeldCircle[];
}
export interface HeldCircle {
  readonly id: string; // of its public key
  readonly name: string;
  readonly version: number;
  readonly members: readonly string[]; // none: a plain key file
}

interface Opened {
  readonly key: PrivateKey;
  readonly circle: HeldCircle;
}

/// A report that was written down for its worker, as it leaves.
export interface SealedReport {
  readonly id: string; // of the case, which its parts are bound to
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

export class Keyring {
  readonly #keys = new Map<string, PrivateKey>();
  readonly #circles = new Map<string, HeldCircle>();
  #member = { member: '', fingerprint: '' };

  /// What opens afterwards: at least one circle, else it throws and holds what it held.
  unlock(asked: Unlocking): number {
    const circles = asked.files.filter((text) => text.startsWith('rightsline-circle-private ')).map(open_plain);
    const shares = asked.files
      .filter((text) => text.startsWith('rightsline-circle-shares '))
      .map((text) => new Shares(text));
    const member = asked.files.find((text) => text.startsWith('rightsline-member '));
    if (circles.length === 0 && (member === undefined || shares.length === 0)) {
      throw new Refused('bad_key_file');
    }
    if (member !== undefined && shares.length > 0) {
      const file = new MemberFile(member);
      circles.push(...open_shares(file, shares, asked));
      this.#member = { member: file.name, fingerprint: file.fingerprint };
    }
    for (const { key, circle } of circles) {
      this.#keys.set(key.id, key);
      this.#circles.set(key.id, circle);
    }
    return this.#keys.size;
  }

  holdings(): Holdings {
    return { ...this.#member, circles: [...this.#circles.values()].sort((one, other) => other.version - one.version) };
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

  /// Who has no key of a circle (intake has none, and a report may be for a smaller circle than one's own) seals to the one that
  /// the server names, as the line itself does with what comes by phone. Who has opened one of that name seals to no other.
  seal_report(circle: string, program: string, answers: readonly Answer[], at: number): SealedReport {
    const named = parse_public_file(circle);
    const key = this.has(named.name) ? this.#own_circle(circle) : named.key;
    const id = fresh_id();
    return { id, parts: answers.map((one) => seal_answer(key, program, id, one, at)) };
  }

  /// The same words, sealed to another organisation, whose public key file its own people gave: never one that the server
  /// names alone. null: it is a recording, which is not passed on so.
  copy_part(theirs: string, program: string, case_id: string, sealed: Uint8Array): Uint8Array<ArrayBuffer> | null {
    const part = this.open_part(program, case_id, sealed);
    return part.recording === '' ? seal_copy(parse_public_key(theirs), program, case_id, part) : null;
  }

  /// Whether any version of that circle's key is open.
  has(circle: string): boolean {
    return [...this.#circles.values()].some((one) => one.name === circle);
  }

  lock(): void {
    for (const key of this.#keys.values()) {
      key.wipe();
    }
    this.#keys.clear();
    this.#circles.clear();
    this.#member = { member: '', fingerprint: '' };
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

function open_plain(text: string): Opened {
  const { name, version, key } = parse_private_file(text);
  return { key, circle: { id: key.id, name, version, members: [] } };
}

/// Those that the member has a share of: a circle that they joined later does not shut out one that they were in.
function open_shares(file: MemberFile, shares: readonly Shares[], asked: Unlocking): Opened[] {
  const secret = asked.by === 'passphrase' ? passphrase_bytes(asked.secret) : recovery_bytes(asked.secret);
  const member = file.open(secret, asked.by);
  secret.fill(0);
  const opened: Opened[] = [];
  for (const one of shares) {
    try {
      const key = one.open(member);
      opened.push({ key, circle: { id: key.id, name: one.name, version: one.version, members: one.members } });
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
