// What a role may see, so that the console asks for nothing that it will not get: a refusal stands in the audit.
//
// A copy of the one table (gateway/access/roles.cpp), which decides; a test holds them together.
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
  | 'manage_users';

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
  manage_users: ['admin'],
};

/// In the program that is chosen.
export function may(right: Right): boolean {
  const roles = me.value?.roles[program.value] ?? [];
  return roles_with[right].some((role) => roles.includes(role));
}
