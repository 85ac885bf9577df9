// What a role may see, so that the console asks for nothing that it will not get: a refusal stands in the audit.
//
// A copy of the one table (gateway/access/roles.cpp), which decides; a test holds them together.
import { computed } from '@preact/signals';

import { me, program } from './login';

export type Right =
  | 'see_cases'
  | 'read_case'
  | 'hear_recording'
  | 'work_case'
  | 'hand_out'
  | 'see_alerts'
  | 'take_alert'
  | 'see_roster'
  | 'export_case'
  | 'hold_case'
  | 'enter_report'
  | 'see_users'
  | 'read_audit'
  | 'manage_users'
  | 'manage_sites'
  | 'record_prompts';

const case_readers = ['monitor', 'supervisor'];
export const roles_with: Readonly<Record<Right, readonly string[]>> = {
  see_cases: ['intake', ...case_readers],
  read_case: case_readers,
  hear_recording: case_readers,
  work_case: case_readers,
  hand_out: ['supervisor'],
  see_alerts: ['intake', ...case_readers],
  take_alert: case_readers,
  see_roster: ['intake', ...case_readers, 'admin', 'operator'],
  export_case: ['supervisor'],
  hold_case: ['supervisor'],
  enter_report: ['intake', ...case_readers],
  see_users: ['auditor', 'admin'],
  read_audit: ['auditor'],
  manage_users: ['admin'],
  manage_sites: ['admin'],
  record_prompts: ['organizer', 'admin'],
};

/// What is chosen is another organisation's part in a program, PROGRAM/ORGANISATION: it sees what is passed on to it alone.
export const of_others = computed(() => program.value.includes('/'));

function has(right: Right): boolean {
  const roles = me.value?.roles[program.value] ?? [];
  return roles_with[right].some((role) => roles.includes(role));
}

/// In the program that is chosen, for those whose line it is.
export const may = (right: Right): boolean => !of_others.value && has(right);
/// … for another organisation, of what was passed on to it.
export const may_of_others = (right: Right): boolean => of_others.value && has(right);
