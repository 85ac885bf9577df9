// The text that goes to others is the one that the command line writes.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { export_text, sharing } from '../../../gateway/console/web/src/words/export_text';

const at = Date.UTC(2026, 10, 22, 3, 5) / 1000;
const part = { name: 'story', text: 'They keep\nour papers', recording: '', seconds: 0, at };

it('is head, parts, replies, each line of a text below the one before', () => {
  const text = export_text({
    alias: '7K4-921',
    program: 'fair-food',
    urgency: 'P2',
    family: 'wages',
    filed_hour: at - 300,
    purpose: 'union',
    now: at + 60,
    parts: [part, { ...part, text: '', recording: 'ab12', seconds: 41 }],
    replies: [{ text: 'Which day?', by: 'maria', at: at + 30 }],
  });
  expect(text).toBe(
    'Report 7K4-921 of fair-food\n' +
      'Taken out 2026-11-22 03:06 UTC for: union, to which its worker agreed. For nobody else.\n' +
      'Urgency P2, about wages, filed 2026-11-22 03:00 UTC (only the hour is kept)\n\n' +
      '2026-11-22 03:05  story: They keep\n                  our papers\n' +
      '2026-11-22 03:05  story: a recording of 41 s (ab12), not in this file\n' +
      '2026-11-22 03:05  the team to the worker: Which day?\n',
  );
  expect(text).not.toContain('maria');
});

it('has the words of the command line', () => {
  const source = readFileSync(new URL('../../../gateway/cli/casework/export_command.cpp', import.meta.url), 'utf8');
  for (const words of ['Taken out ', ', to which its worker agreed. For nobody else.', ' UTC (only the hour is kept)', '), not in this file', '  the team to the worker: ']) {
    expect(source).toContain(words);
  }
});

it('is for every purpose that is sharing, and for no other', () => {
  const header = readFileSync(new URL('../../../gateway/cases/consent.cpp', import.meta.url), 'utf8');
  const words = readFileSync(new URL('../../../flows/consent_words.hpp', import.meta.url), 'utf8');
  const all = [.../consent_words[^{]*\{([^}]*)\}/.exec(words)?.[1]?.matchAll(/"([a-z_-]+)"/g) ?? []].map(([, one]) => one ?? '');
  const kept = [...(/bool is_sharing[^}]*/.exec(header)?.[0] ?? '').matchAll(/Consent::([a-z_]+)/g)].map(([, one]) => one ?? '');
  expect(all.length).toBe(10);
  expect(kept.length).toBe(4);
  expect(all.filter((one) => !kept.includes(one.replace('-', '_'))).sort()).toEqual([...sharing].sort());
});
