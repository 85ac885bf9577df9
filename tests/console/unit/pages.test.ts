// Every page that the console draws is one that the server hands out: who loads it anew, or keeps its address, finds it.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../../gateway/console/${path}`, import.meta.url), 'utf8');

it('is known to the server, and every other to the console', () => {
  const drawn = [...read('web/src/main.tsx').matchAll(/<Route path="([^"]+)"/g)].map(([, path = '']) => path.replace(/:([a-z]+)/g, '{$1}'));
  const served = [.../pages\{([^;]*)\};/.exec(read('console_routes.cpp'))?.[1]?.matchAll(/"([^"]+)"/g) ?? []].map(([, path]) => path);
  expect(drawn.length).toBeGreaterThan(8);
  expect(served.sort()).toEqual(drawn.sort());
});
