// A case with all that was told in it. Each call of it is a reading, which the audit notes.
import { api } from './client';
import type { WholeCase } from './types';

const most_pages = 100;

/// All of its parts: page after page, as the server hands them out.
export async function whole_case(name: string, id: string): Promise<WholeCase> {
  const first = await api.case_of(name, id);
  const parts = [...first.parts];
  for (let page = 1; parts.length < first.parts_total && page < most_pages; ++page) {
    const next = await api.case_of(name, id, parts.length);
    if (next.parts.length === 0) {
      break;
    }
    parts.push(...next.parts);
  }
  return { ...first, parts };
}
