// The worker that holds the keyring: keys live in its memory and end with it. Pages send sealed bytes and get plain ones.
import type { Answer } from './case_parts';
import { Keyring, type Unlocking } from './keyring';
import { wrong_groups } from './recovery_code';
import { Refused } from './sealed';
import type { Written } from './writing';

export type Question =
  | { readonly what: 'unlock'; readonly asked: Unlocking }
  | { readonly what: 'holdings' }
  | { readonly what: 'part'; readonly program: string; readonly case_id: string; readonly sealed: Uint8Array }
  | { readonly what: 'task'; readonly program: string; readonly case_id: string; readonly sealed: Uint8Array }
  | { readonly what: 'seal_task'; readonly circle: string; readonly program: string; readonly case_id: string; readonly words: string }
  | { readonly what: 'seal_report'; readonly circle: string; readonly program: string; readonly answers: readonly Answer[]; readonly at: number }
  | { readonly what: 'copy'; readonly theirs: string; readonly program: string; readonly case_id: string; readonly sealed: Uint8Array }
  | { readonly what: 'recording'; readonly program: string; readonly id: string; readonly sealed: Uint8Array }
  | { readonly what: 'note'; readonly program: string; readonly case_id: string; readonly sealed: Uint8Array }
  | { readonly what: 'reply'; readonly program: string; readonly case_id: string; readonly id: string; readonly sealed: Uint8Array }
  | { readonly what: 'seal_note'; readonly circle: string; readonly program: string; readonly case_id: string; readonly note: Written }
  | {
      readonly what: 'seal_reply';
      readonly circle: string;
      readonly mailbox: Uint8Array;
      readonly program: string;
      readonly case_id: string;
      readonly reply: Written;
    };

const ring = new Keyring();

function answer_to(question: Question): unknown {
  switch (question.what) {
    case 'unlock':
      return ring.unlock(question.asked);
    case 'holdings':
      return ring.holdings();
    case 'part':
      return ring.open_part(question.program, question.case_id, question.sealed);
    case 'task':
      return ring.open_task(question.program, question.case_id, question.sealed);
    case 'seal_task':
      return ring.seal_task(question.circle, question.program, question.case_id, question.words);
    case 'seal_report':
      return ring.seal_report(question.circle, question.program, question.answers, question.at);
    case 'copy':
      return ring.copy_part(question.theirs, question.program, question.case_id, question.sealed);
    case 'recording':
      return ring.open_recording(question.program, question.id, question.sealed);
    case 'note':
      return ring.open_note(question.program, question.case_id, question.sealed);
    case 'reply':
      return ring.open_reply(question.program, question.case_id, question.id, question.sealed);
    case 'seal_note':
      return ring.seal_note(question.circle, question.program, question.case_id, question.note);
    case 'seal_reply':
      return ring.seal_reply(question.circle, question.mailbox, question.program, question.case_id, question.reply);
  }
}

function groups_in(question: Question): number[] {
  const by_code = question.what === 'unlock' && question.asked.by === 'recovery';
  return by_code ? (wrong_groups(question.asked.secret) ?? []) : [];
}

self.onmessage = ({ data }: MessageEvent<{ id: number; question: Question }>): void => {
  try {
    self.postMessage({ id: data.id, answer: answer_to(data.question) });
  } catch (error) {
    const why = error instanceof Refused ? error.why : 'sealed_otherwise';
    self.postMessage({ id: data.id, why, groups: groups_in(data.question) });
  }
};
