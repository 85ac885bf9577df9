// The script that holds the built page to its budgets and to the policy says no when it must.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../gateway/console/web/scripts/finish.mjs', import.meta.url));
const page = '<script type="module" src="/assets/index-1.js"></script><link rel="stylesheet" href="/assets/index-1.css">';
const incompressible = (kb: number): string => randomBytes(kb * 1024).toString('base64');

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'console-budget-'));
  mkdirSync(join(dist, 'assets'));
  write('index.html', page);
  write('assets/index-1.js', 'import"./other-1.js"');
  write('assets/index-1.css', 'a{margin-inline:0}');
  write('assets/other-1.js', '1');
});
afterEach(() => rmSync(dist, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(dist, name), text);

function finished(): { code: number | null; said: string } {
  const run = spawnSync(process.execPath, [script, dist], { encoding: 'utf8' });
  return { code: run.status, said: run.stderr };
}

it('lets a small page pass, and compresses every piece', () => {
  expect(finished()).toEqual({ code: 0, said: '' });
  for (const name of ['index.html', 'assets/index-1.js', 'assets/index-1.css', 'assets/other-1.js']) {
    expect([existsSync(join(dist, `${name}.gz`)), existsSync(join(dist, `${name}.br`))], name).toEqual([true, true]);
  }
});

it.each([
  ['a first load that is too large', 'assets/index-1.js', incompressible(60), 'first load, scripts'],
  ['styles that are too large', 'assets/index-1.css', `/*${incompressible(20)}*/`, 'first load, styles'],
  ['a piece that is too large', 'assets/other-1.js', incompressible(45), 'largest piece'],
  ['a script inline', 'index.html', `${page}<script>1</script>`, 'inline'],
  ['a style inline', 'index.html', `${page}<p style="x">`, 'inline'],
  ['a handler inline', 'index.html', `${page}<p onclick="x">`, 'inline'],
  ['another origin', 'index.html', `${page}<script src="https://example.org/x.js"></script>`, 'another origin'],
  ['a side of the screen', 'assets/index-1.css', 'a{margin-left:0}', 'margin-left'],
  ['a file from a style', 'assets/index-1.css', 'a{background:url(x.png)}', 'index-1.css'],
])('refuses %s', (_, name, text, said) => {
  write(name, text);
  const run = finished();
  expect(run.code).toBe(1);
  expect(run.said).toContain(said);
});

it('refuses cryptography in the first load, and what is too large as a whole', () => {
  write('assets/keyring-1.js', '1');
  write('index.html', `${page}<link rel="modulepreload" href="/assets/keyring-1.js">`);
  expect(finished().said).toContain('cryptography');
  for (let i = 0; i < 8; ++i) {
    write(`assets/piece-${i}.js`, incompressible(25));
  }
  expect(finished().said).toContain('all of it');
});
