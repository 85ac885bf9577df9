// A case as it is given to others: what its worker told and what the team wrote to them, as plain text.
//
// The very form of `rightsline case export`, in English and in UTC, wherever it was written. No note, no task, no recording.
// Pure: opened values in, text out.
import type { OpenedPart } from '../crypto/case_parts';
import type { Written } from '../crypto/writing';

/// What somebody else is given a case for (gateway/cases/consent.cpp, is_sharing).
export const sharing: readonly string[] = ['investigator', 'employer', 'buyer', 'union', 'government', 'register'];

export interface ToWrite {
  readonly alias: string;
  readonly program: string;
  readonly urgency: string;
  readonly family: string;
  readonly filed_hour: number;
  readonly purpose: string;
  readonly now: number; // seconds since 1970
  readonly parts: readonly OpenedPart[];
  readonly replies: readonly Written[];
}

const margin = ' '.repeat(18); // as wide as the time before a part
const indented = (text: string): string => text.replace(/\n|\u2028|\u2029/g, `\n${margin}`);

/// "2026-11-22 03:00"
const utc = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

function part_line(part: OpenedPart): string {
  const recording = `a recording of ${part.seconds} s (${part.recording}), not in this file`;
  return `${utc(part.at)}  ${part.name}: ${part.recording === '' ? indented(part.text) : recording}\n`;
}

export function export_text(of: ToWrite): string {
  const head =
    `Report ${of.alias} of ${of.program}\n` +
    `Taken out ${utc(of.now)} UTC for: ${of.purpose}, to which its worker agreed. For nobody else.\n` +
    `Urgency ${of.urgency}, about ${of.family}, filed ${utc(of.filed_hour)} UTC (only the hour is kept)\n\n`;
  const replies = of.replies.map((one) => `${utc(one.at)}  the team to the worker: ${indented(one.text)}\n`);
  return head + of.parts.map(part_line).join('') + replies.join('');
}
