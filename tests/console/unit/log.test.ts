// What was done to a case has a sentence here for everything that the command line has one for, and says no less.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { en } from '../../../gateway/console/web/src/i18n/en';
import { sentence_of } from '../../../gateway/console/web/src/words/log';

const source = readFileSync(new URL('../../../gateway/cli/casework/log_words.cpp', import.meta.url), 'utf8');
const told = [...source.matchAll(/Sentence\{"([a-z_]+)"|what == "([a-z_]+)"/g)].map(([, one, other]) => one ?? other ?? '');

it('knows every act that the command line tells of', () => {
  expect(told.length).toBeGreaterThan(40);
  expect(told.filter((what) => !(sentence_of({ at: 0, what, to: 'jean', who: 'maria' }) in en))).toEqual([]);
});

it.each([
  [{ what: 'filed', how: 'operator' }, 'log_filed_for_worker'],
  [{ what: 'filed', how: 'operator', why: 'call' }, 'log_filed_in_call'],
  [{ what: 'filed', how: 'asked' }, 'log_filed'],
  [{ what: 'raised', who: 'worker' }, 'log_raised'],
  [{ what: 'raised', who: 'maria' }, 'log_raised_by_team'],
  [{ what: 'check_in_answered', why: 'changed' }, 'log_check_in_answered_changed'],
  [{ what: 'check_in_answered', why: 'something newer' }, 'log_check_in_answered'],
  [{ what: 'call_back_over', why: 'reached' }, 'log_call_back_over_reached'],
  [{ what: 'call_back_over', why: 'something newer' }, 'log_call_back_over'],
  [{ what: 'reminded', why: 'late' }, 'log_reminded_late'],
  [{ what: 'ping_held', why: 'stop' }, 'log_ping_held_stop'],
  [{ what: 'recording_put_aside', why: 'empty' }, 'log_recording_put_aside'],
  [{ what: 'recording_put_aside', why: 'copy_left' }, 'log_recording_put_aside_copy_left'],
  [{ what: 'task_set' }, 'log_task_set_by_server'],
  [{ what: 'task_set', who: 'maria' }, 'log_task_set'],
  [{ what: 'assigned' }, 'log_unassigned'],
  [{ what: 'consent_withdrawn', who: 'worker' }, 'log_consent_withdrawn'],
  [{ what: 'consent_withdrawn', who: 'maria' }, 'log_consent_withdrawn_by_team'],
])('%o is told as %s', (entry, key) => {
  expect(sentence_of({ at: 0, ...entry })).toBe(key);
  expect(key in en).toBe(true);
});
