// The log of the mock server: two pages of it, the second not signed yet.
import type { AuditEntry, AuditPage } from '../../../gateway/console/web/src/api/types';
import { program, spoken_case } from './data';

const now = Math.floor(Date.now() / 1000);
const entry = (ago: number, what: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `${(now - ago) * 1000}-0`,
  at: now - ago,
  sealed: true,
  what,
  ...more,
});
const of_a_case = { case: spoken_case };

const first: readonly AuditEntry[] = [
  entry(86_400, 'filed', { ...of_a_case, who: 'worker', how: 'asked' }),
  entry(86_300, 'alert_told', { ...of_a_case, who: 'jean', how: 'call' }),
  entry(86_000, 'case_read', { ...of_a_case, who: 'maria' }),
  entry(80_000, 'sites_changed', { who: 'ana' }),
  entry(70_000, 'an_act_of_a_newer_server', { ...of_a_case, who: 'a-person-with-a-name-of-32-letters' }),
];
const second: readonly AuditEntry[] = [entry(60, 'access_refused', { who: 'maria', why: 'see_users', sealed: false })];

export const digest = `120:${'9f86d081884c7d65'.repeat(4)}`;

export function audit(cursor: string): AuditPage {
  const head = { head: digest, until: first.at(-1)?.id ?? '', sealed_at: now - 3_600, block: 'UkEB' };
  return cursor === '' ? { program, entries: first, next: '5-0', head, head_damaged: false } : { program, entries: second, next: '', head, head_damaged: false };
}
