// What the mock server has: cases sealed as the real one's are, to keys that stand in tests/data.
import { from_utf8, to_base64 } from '../../../gateway/console/web/src/crypto/bytes';
import { part_context } from '../../../gateway/console/web/src/crypto/case_parts';
import { seal_part } from '../../../gateway/console/web/src/crypto/circle';
import { Shares } from '../../../gateway/console/web/src/crypto/shares';
import type { Alert, CaseFacts, OwnLogin, ReadyAnswer, RosterNow, User } from '../../../gateway/console/web/src/api/types';
import { hex, vectors } from '../unit/vectors';

export const keys = vectors<{ member: { file: string; code: string; passphrase: string }; circle: { shares_file: string; public_file: string } }>(
  'member-vectors.json',
);
export const old_circle = vectors<{ private_file: string }>('circle-vectors.json').private_file;
const recordings = vectors<{ recordings: { id: string; sealed: string }[] }>('case-vectors.json').recordings;

export const program = 'fair-food';
export const spoken_case = '00112233445566778899aabbccddeeff';
export const told_case = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
export const empty_case = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

export const hostile_text =
  '<script>window.was_run = true</script><img src=x onerror="window.was_run = true"> \u202Egnp.exe\u202C الراتب لم يُدفع';
export const long_word = 'W'.repeat(400);

const hour = Math.floor(Date.now() / 3_600_000) * 3_600;

function facts(id: string, alias: string, more: Partial<CaseFacts>): CaseFacts {
  const usual = { status: 'received', urgency: 'P2', family: 'wages', language: 'es', mode: 'sms', reason: 'asked' } as const;
  return { id, alias, ...usual, filed_hour: hour - 7_200, assignee: '', clocks: [], told_more: null, ...more };
}

export const cases: readonly CaseFacts[] = [
  facts(spoken_case, '7K4-921', {
    urgency: 'P1',
    family: 'violence',
    mode: 'voice',
    clocks: [{ name: 'danger', due: hour - 3_600, state: 'overdue' }],
  }),
  facts(told_case, '3P2-118', {
    held: true,
    entered_by: 'maria',
    call_hour: hour - 7_200,
    status: 'reading',
    assignee: 'maria',
    clocks: [{ name: 'update', due: hour + 86_400, state: 'warned' }],
  }),
  facts(empty_case, '9R1-404', { urgency: 'P3', language: 'xx', family: 'a_family_with_a_rather_long_name', mode: 'ussd' }),
];

/// Of each way in which a call says it one.
export const answers: readonly ReadyAnswer[] = [
  { key: 'more', name: 'Please tell us more: where it was, and when.', words: 'Tanpri di nou plis: ki kote sa te fèt, ak ki lè.', heard: 'recorded' },
  { key: 'safe', name: 'Please tell us if you are safe now.', words: 'Tanpri di nou si ou an sekirite kounye a.', heard: 'machine' },
  { key: 'wait', name: 'We are waiting for an answer.', words: 'N ap tann yon repons.', heard: 'nothing' },
];

export const categories = [
  { key: 'wages_withheld', name: 'Wages withheld', family: 'wages', urgency: 'P3' as const },
  { key: 'child_labour', name: 'Child labour', family: 'violence', urgency: 'P1' as const },
];

/// What a case tells beside: how its worker said they are.
export const since = {
  check_ins: [
    { day: 3, asked: hour - 86_400, answer: 'fine' as const },
    { day: 14, asked: hour - 3_600, answer: '' as const },
  ],
  check_ins_missed: 0,
};

const shares = new Shares(keys.circle.shares_file);

function part(case_id: string, name: string, text: string, recording = '', seconds = 0): string {
  const json = JSON.stringify({ name, text, recording, seconds, at: hour - 3_600 });
  return to_base64(seal_part(shares.key, part_context(program, case_id), from_utf8(json)));
}

function changed(sealed: string): string {
  return sealed.slice(0, 100) + (sealed[100] === 'A' ? 'B' : 'A') + sealed.slice(101);
}

export const parts: Readonly<Record<string, readonly string[]>> = {
  [spoken_case]: [
    part(spoken_case, 'story', '', recordings[0]?.id, 41),
    part(spoken_case, 'where', hostile_text),
    changed(part(spoken_case, 'who', 'the foreman')),
    part(spoken_case, 'more', '', 'ee'.repeat(16), 12),
    part(spoken_case, 'more', '', 'dd'.repeat(16), 9),
    part(spoken_case, 'more', '', 'cc'.repeat(16), 5),
  ],
  [told_case]: Array.from({ length: 70 }, (_, i) => part(told_case, 'story', i === 0 ? long_word : `Mensaje ${i + 1}`)),
  [empty_case]: [],
};

/// 'cc…' is none of them: it was deleted.
export const recording_states = [
  { id: recordings[0]?.id ?? '', state: 'here' as const, why: '' },
  { id: 'ee'.repeat(16), state: 'put_aside' as const, why: 'never_arrived' },
  { id: 'dd'.repeat(16), state: 'on_its_way' as const, why: '' },
];

export const recording_bytes: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  recordings.map((one) => [one.id, hex(one.sealed)]),
);

const told = (person: string, by: string, delivery: string) => ({ person, by, at: hour - 600, state: 'sent', delivery });

export const alerts = (): Alert[] => [
  {
    id: spoken_case,
    alias: '7K4-921',
    urgency: 'P1',
    raised: hour - 900,
    taken_by: null,
    told: [told('jean', 'call', 'delivered'), told('maria', 'sms', 'none')],
  },
  { id: empty_case, alias: '9R1-404', urgency: 'P3', raised: hour - 900, taken_by: null, told: [] },
];

export const roster = (urgency: RosterNow['urgency'], at: string): RosterNow => ({
  program,
  urgency,
  at: at === '' ? 'Sun 2026-11-22 03:00' : at,
  steps: [
    { after_seconds: 0, tell: [{ person: 'jean', by: ['sms', 'call'], on_duty: true }] },
    { after_seconds: 600, tell: [{ person: 'maria', by: ['sms', 'call', 'email'], on_duty: false }] },
  ],
  again_seconds: urgency === 'P1' ? 1800 : null,
  nobody_on_duty: 'mon-fri 12:00-24:00, sat, sun',
  callers: 'nobody',
});

export const users: readonly User[] = [
  { name: 'maria', roles: { [program]: ['monitor', 'admin'] }, disabled: false, made: hour, last_login: hour, key: 'f895 e0f6 9f49 46fe 672b ff7e bb47 7f31' },
  { name: 'jean', roles: { [program]: ['supervisor'] }, disabled: true, made: hour, last_login: null, key: '' },
];

export const logins = (): OwnLogin[] => [
  { id: 'abcd000011112222', made: hour - 600, seen: hour, ends: hour + 36_000, by: 'browser', this: true },
  { id: 'ef01000011112222', made: hour - 9_000, seen: hour - 5_000, ends: hour + 20_000, by: 'tool', this: false },
];
