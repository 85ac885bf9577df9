// KeyWorker: the page's side of the keyring. Loaded by the pages that open or seal, never by the first; it loads the cryptography.
//
// Locking ends the worker, and with it every key it held. Must never: keep a secret or what was opened.
import { signal } from '@preact/signals';

import type { Answer, OpenedPart } from './case_parts';
import type { Holdings, SealedReport, Unlocking } from './keyring';
import type { Question } from './keyring.worker';
import worker_address from './keyring.worker?worker&url';
import type { Refusal } from './sealed';
import type { SealedReply, Written } from './writing';

/// Why something did not open. `groups`: those of a recovery code to look at again.
export class NotOpened extends Error {
  constructor(
    readonly why: Refusal,
    readonly groups: readonly number[] = [],
  ) {
    super(why);
  }
}

interface Waiting {
  readonly done: (answer: unknown) => void;
  readonly failed: (why: NotOpened) => void;
}

interface Policy {
  createScriptURL(address: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): Policy;
}

/// The one script address that the console makes a worker of; the page's policy allows no other.
const trusted = (() => {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const rules = {
    createScriptURL(address: string): string {
      if (address !== worker_address) {
        throw new TypeError('not a script of ours');
      }
      return address;
    },
  };
  return types?.createPolicy('rightsline', rules) ?? rules;
})();

export const is_open = signal(false);
export const unlocked = signal(0); // how often: more may be open than before

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let last_id = 0;

function started(): Worker {
  worker = new Worker(trusted.createScriptURL(worker_address), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<{ id: number; answer?: unknown; why?: Refusal; groups?: number[] }>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.why === undefined) {
      asked?.done(data.answer);
    } else {
      asked?.failed(new NotOpened(data.why, data.groups));
    }
  };
  worker.onerror = () => lock();
  return worker;
}

function ask<Answer>(question: Question): Promise<Answer> {
  return new Promise<Answer>((done, failed) => {
    const id = ++last_id;
    waiting.set(id, { done: done as (answer: unknown) => void, failed });
    (worker ?? started()).postMessage({ id, question });
  });
}

export async function unlock(asked: Unlocking): Promise<void> {
  await ask<number>({ what: 'unlock', asked });
  is_open.value = true;
  ++unlocked.value;
}

export const holdings = (): Promise<Holdings> => ask<Holdings>({ what: 'holdings' });

export const open_part = (program: string, case_id: string, sealed: Uint8Array): Promise<OpenedPart> =>
  ask<OpenedPart>({ what: 'part', program, case_id, sealed });

export const open_recording = (program: string, id: string, sealed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  ask<Uint8Array<ArrayBuffer>>({ what: 'recording', program, id, sealed });

export const open_note = (program: string, case_id: string, sealed: Uint8Array): Promise<Written> =>
  ask<Written>({ what: 'note', program, case_id, sealed });

export const open_task = (program: string, case_id: string, sealed: Uint8Array): Promise<string> =>
  ask<string>({ what: 'task', program, case_id, sealed });

export const seal_task = (circle: string, program: string, case_id: string, words: string): Promise<Uint8Array> =>
  ask<Uint8Array>({ what: 'seal_task', circle, program, case_id, words });

export const open_reply = (program: string, case_id: string, id: string, sealed: Uint8Array): Promise<Written> =>
  ask<Written>({ what: 'reply', program, case_id, id, sealed });

export const seal_note = (circle: string, program: string, case_id: string, note: Written): Promise<Uint8Array> =>
  ask<Uint8Array>({ what: 'seal_note', circle, program, case_id, note });

export const seal_reply = (circle: string, mailbox: Uint8Array, program: string, case_id: string, reply: Written): Promise<SealedReply> =>
  ask<SealedReply>({ what: 'seal_reply', circle, mailbox, program, case_id, reply });

export const seal_report = (circle: string, program: string, answers: readonly Answer[], at: number): Promise<SealedReport> =>
  ask<SealedReport>({ what: 'seal_report', circle, program, answers, at });

/// null: a recording. `theirs`: the other organisation's public key file.
export const copy_part = (theirs: string, program: string, case_id: string, sealed: Uint8Array): Promise<Uint8Array | null> =>
  ask<Uint8Array | null>({ what: 'copy', theirs, program, case_id, sealed });

export function lock(): void {
  worker?.terminate();
  worker = null;
  is_open.value = false;
  for (const asked of waiting.values()) {
    asked.failed(new NotOpened('unknown_key'));
  }
  waiting.clear();
}
