// After the build: holds the pieces to their budgets and to the policy, and compresses each once, for every reader.
//
//   node finish.mjs DIST
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const kb = 1024;
const budgets = { first_scripts: 45 * kb, first_styles: 10 * kb, piece: 30 * kb, all: 180 * kb };

const dist = process.argv[2];
const names = readdirSync(join(dist, 'assets')).filter((name) => /\.(js|css)$/.test(name));
const small = new Map(names.map((name) => [name, gzipSync(readFileSync(join(dist, 'assets', name)), { level: 9 })]));
const size = (name) => small.get(name)?.length ?? 0;
const sum = (some) => some.reduce((total, name) => total + size(name), 0);

const page = readFileSync(join(dist, 'index.html'), 'utf8');
const first = new Set(Array.from(page.matchAll(/\/assets\/([^"]+)/g), ([, name]) => name));
// What the first script imports at once belongs to the first load too.
for (const name of first) {
  if (name.endsWith('.js')) {
    const text = readFileSync(join(dist, 'assets', name), 'utf8');
    for (const [, imported] of text.matchAll(/\bfrom\s*["']\.\/([^"']+)["']/g)) {
      first.add(imported);
    }
  }
}

const faults = [];
const bound = (what, bytes, most) => {
  const line = `${what}: ${(bytes / kb).toFixed(1)} of ${most / kb} KB gzip`;
  console.log(line);
  if (bytes > most) {
    faults.push(`over budget: ${line}`);
  }
};

bound('first load, scripts', sum([...first].filter((name) => name.endsWith('.js'))), budgets.first_scripts);
bound('first load, styles', sum([...first].filter((name) => name.endsWith('.css'))), budgets.first_styles);
const pieces = names.filter((name) => !first.has(name));
const largest = pieces.reduce((one, other) => (size(other) > size(one) ? other : one), pieces[0] ?? '');
bound(`largest piece (${largest})`, size(largest), budgets.piece);
bound('all of it', sum(names), budgets.all);

if (/<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|style=/.test(page)) {
  faults.push('index.html has a style or script inline, which the policy forbids');
}
if (/(src|href)="(https?:)?\/\//.test(page)) {
  faults.push('index.html names another origin');
}
if ([...first].some((name) => name.includes('keyring'))) {
  faults.push('the first load holds cryptography; it belongs to the case page');
}
for (const name of names.filter((one) => one.endsWith('.css'))) {
  const style = readFileSync(join(dist, 'assets', name), 'utf8');
  const physical = style.match(/[;{](margin|padding|border)-(left|right|top|bottom)|[;{](left|right|width|height):|text-align:(left|right)/);
  if (physical !== null || /@import|url\(/.test(style)) {
    faults.push(`${name}: a direction of the screen instead of the text's, or a file from elsewhere (${physical?.[0] ?? 'url'})`);
  }
}

for (const name of ['index.html', ...names.map((one) => join('assets', one))]) {
  const bytes = readFileSync(join(dist, name));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes, { params }));
}

for (const fault of faults) {
  console.error(fault);
}
process.exit(faults.length > 0 ? 1 : 0);
