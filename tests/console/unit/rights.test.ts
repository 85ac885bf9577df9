// The console's copy of who may see what is the table that decides.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { type Right, roles_with } from '../../../gateway/console/web/src/state/rights';

const table = new URL('../../../gateway/access/roles.cpp', import.meta.url);
const roles = ['intake', 'monitor', 'supervisor', 'organizer', 'auditor', 'admin', 'operator'];

it.runIf(existsSync(table))('agrees with gateway/access/roles.cpp', () => {
  const source = readFileSync(table, 'utf8');
  for (const [right, allowed] of Object.entries(roles_with) as [Right, readonly string[]][]) {
    const row = new RegExp(`"${right}",\\s*\\{([^}]*)\\}`).exec(source)?.[1] ?? '';
    const cells = row.split(',').map((cell) => cell.trim());
    expect(cells.length, right).toBe(roles.length);
    expect(roles.filter((_, i) => cells[i] === 'yes'), right).toEqual([...allowed]);
  }
});

it('names roles that there are', () => {
  for (const allowed of Object.values(roles_with)) {
    expect(allowed.filter((role) => !roles.includes(role))).toEqual([]);
  }
});
