// The whole story, as everybody in it lives it: a worker calls in Spanish and tells of an assault; the first on call does not
// pick up, the second does; she opens the report on a small screen, listens and answers; the worker calls from another phone,
// hears the answer and adds to the report; the case is closed; its time goes by, it is deleted, the key of its month is destroyed,
// and nothing of it opens any more: not by the code, not in the console, not from a backup.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { type Browser, type Locator, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { one_time_code } from '../server/local';
import { Hotline, type Sent } from './hotline';
import { Call, code_in } from './phone';
import { wave } from './sound';

const screenshots = fileURLToPath(new URL('../../../build/web/screenshots/', import.meta.url));
const maria = '+15005550101';
const jean = '+15005550102';
const roster = `people:
  maria: {phone: "${maria}"}
  jean: {phone: "${jean}"}
order: [maria, jean]
step_seconds: 60
`;
const busy = 'Many people are on the line right now';
const password = 'four goats under a tarpaulin';
const answer = 'We heard you. A doctor can see you without papers. Are you safe tonight?';
const spoken = wave(3);

const hotline = new Hotline(
  { server: process.env['CONSOLE_SERVER'] ?? '', emulator: process.env['CONSOLE_EMULATOR'] ?? '', clock: process.env['CONSOLE_CLOCK'] ?? '' },
  roster,
);
const faults: string[] = [];
let browser: Browser;
let page: Page;
let code = '';
let secret = '';
let passed = 0; // seconds, by the server's clock
let alias = '';
let backup = '';
let month = ''; // in which it was told and answered
const day = 24 * 60 * 60;

beforeAll(async () => {
  await hotline.start();
  secret = await hotline.add_user('jean', password, 'fair-food:monitor');
  browser = await chromium.launch({ executablePath: process.env['CONSOLE_CHROMIUM'] ?? '', args: ['--no-sandbox'] });
  page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(hotline.origin) && !/^(blob|data|about):/.test(request.url())) {
      faults.push(`asked another origin: ${request.url()}`);
    }
  });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await hotline.stop();
});

async function photograph(name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}story-${name}.png`, fullPage: true });
}

/// Time goes by for the server; phones and pages notice nothing.
function pass(seconds: number): void {
  passed += seconds;
  hotline.move_clock(passed);
}

async function eventually<What>(look: () => Promise<What | undefined>, what: string, patience_ms = 20_000): Promise<What> {
  for (const until = Date.now() + patience_ms; Date.now() < until; await new Promise((done) => setTimeout(done, 100))) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error(`it did not come: ${what}`);
}

const call_to = (number: string): Promise<Sent> =>
  eventually(async () => (await hotline.sent()).find((sent) => sent.call && sent.to === number), `a call to ${number}`);

/// Seconds of what a player would play; -1 when it cannot.
const length_of = (player: Locator): Promise<number> =>
  player.evaluate(
    (element: HTMLAudioElement) =>
      new Promise<number>((done) => {
        const look = (): void => (element.readyState > 0 ? done(element.duration) : void setTimeout(look, 50));
        element.onerror = () => done(-1);
        look();
      }),
  );

/// The right code; once more while too many ask at the same time, which a slow machine may take one caller for.
async function give_code(call: Call): Promise<void> {
  await call.press(code);
  await call.wait();
  for (let tries = 1; tries < 5 && call.said.startsWith(busy); ++tries) {
    await call.presses('1', code);
    await call.wait();
  }
}

async function follow(name: string): Promise<void> {
  await page.locator('nav a', { hasText: name }).click();
  await page.locator('h1', { hasText: name }).waitFor(); // and not the heading of the page before
}

it('a worker calls in Spanish, tells of an assault and hears the code', async () => {
  const call = await Call.dial(hotline, '+13055550199');
  await call.presses('2', '2', '2', '3'); // Spanish; no danger now; report; harassment, violence or force
  await call.record(spoken);
  await call.press('1'); // keep it
  for (let asked = 0; asked < 3; ++asked) {
    expect(call.asks_to_speak).toBe(true);
    await call.record(); // where, who, when: nothing
  }
  await call.press('1'); // nobody calls this phone
  code = code_in(call.said);
  expect(code).toMatch(/^\d{12}$/);
  await call.press(code);
  await call.hang_up();
});

it('the first on call does not pick up, and the second presses 1', async () => {
  await call_to(maria);
  expect((await hotline.sent()).some((sent) => sent.to === jean)).toBe(false);
  pass(60);
  const call = await Call.pick_up(hotline, await call_to(jean));
  expect(call.said).not.toMatch(/assault|acoso|3055550199/i);
  await call.press('1');
  expect(call.over).toBe(true);
});

async function log_in(): Promise<void> {
  await page.locator('input[name=name]').fill('jean');
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[name=code]').fill(one_time_code(secret, Date.now() / 1000 + passed));
  await page.locator('button[type=submit]').click();
  await page.locator('.counts').waitFor();
}

async function unlock(): Promise<void> {
  await page.locator('input[name=files]').setInputFiles(hotline.path('circle.key'));
  await page.locator('.sealed button[type=submit]').click();
}

it('she logs in on a small screen and opens the report', async () => {
  await page.goto(`${hotline.origin}/`);
  await photograph('login');
  await log_in();
  await photograph('today');
  await follow('Cases');
  await photograph('cases');
  await page.locator('.row a').first().click();
  alias = (await page.locator('h1 .code').textContent()) ?? '';
  await unlock();
  await page.locator('.recording button').first().waitFor();
});

it('she listens', async () => {
  await page.locator('.recording button').first().click();
  expect(await length_of(page.locator('audio').first())).toBeCloseTo(3, 1);
  await photograph('case');
});

it('she answers', async () => {
  await page.getByRole('button', { name: 'To the worker…' }).click();
  await page.locator('textarea[name=reply]').fill(answer);
  await page.getByRole('button', { name: 'Look it over' }).click();
  await page.getByRole('button', { name: 'Send it to the worker' }).click();
  await page.getByText('It is kept, sealed').waitFor();
  await photograph('written');
  expect(hotline.everything_kept()).not.toContain('A doctor can see you');
});

it('the worker calls from another phone, hears the answer and adds to the report', async () => {
  const call = await Call.dial(hotline, '+50250000199');
  await call.presses('1', '2', '3'); // English; no danger; back with the code
  await give_code(call);
  expect(call.said).toContain('Someone on our team has your report');
  await call.press('1'); // yes, now
  expect(call.said).toContain(answer);
  await call.press('1'); // answer now
  await call.record(wave(2));
  expect(call.said).toContain('Your answer goes to our team');
  await call.hang_up();
});

it('she hears what was added', async () => {
  await follow('Cases');
  await page.locator('.row a').first().click();
  const added = page.locator('.recording').nth(1);
  await added.locator('button').first().click();
  expect(await length_of(added.locator('audio'))).toBeCloseTo(2, 1);
  await photograph('answered');
});

it('she closes the case, and its worker hears so', async () => {
  await page.locator('select[name=status]').selectOption('closed');
  await page.getByRole('button', { name: 'Give it this status' }).click();
  await page.getByText('It has the status now.').waitFor();
  await photograph('closed');
  const call = await Call.dial(hotline, '+50250000198');
  await call.presses('1', '2', '3');
  await give_code(call);
  expect(call.said).toContain('Our work on your report is done');
  expect(faults).toEqual([]);
});

it('its time goes by, and nothing of it is there any more', async () => {
  month = new Date(Date.now() + passed * 1000).toISOString().slice(0, 7);
  await hotline.must(['key', 'init-backup', '--keys-dir', hotline.path('keys'), '--out', hotline.path('backup.key')]);
  const made = await hotline.ask('backup', '--to', hotline.folder);
  backup = made.out.split('\n')[0] ?? '';
  expect(made.code).toBe(0);

  passed += 366 * day; // no server runs meanwhile: one that sees its clock jump deletes nothing for ten minutes
  await hotline.restart(passed);
  await eventually(async () => ((await hotline.ask('case', 'list')).out.includes(alias) ? undefined : true), 'the day of its deletion');
  expect((await hotline.ask('case', 'show', alias, '--key', hotline.path('circle.key'))).code).toBe(65);
  await page.goto(`${hotline.origin}/`);
  await log_in();
  await follow('Cases');
  await page.getByText('No cases here.').waitFor();
  await photograph('shredded');
  const call = await Call.dial(hotline, '+50250000197');
  await call.presses('1', '2', '3');
  await give_code(call);
  expect(call.said).toContain('That number does not open a report');
});

it('the key of its month is destroyed, and the backup of before opens to nobody', async () => {
  const refused = await hotline.ask('key', 'destroy-epoch', month);
  expect(refused.code).toBe(1); // backups of the last thirty days
  expect(refused.out).toContain('thirty days');
  passed += 31 * day;
  await hotline.restart(passed);
  expect((await hotline.ask('key', 'destroy-epoch', month)).out).toContain('is destroyed here');

  passed = 300; // the machine of somebody who has the backup, and all keys that are left
  await hotline.restart(passed, async () => {
    rmSync(hotline.path('state'), { recursive: true });
    await hotline.must(['restore', '--from', backup, '--key', hotline.path('backup.key'), '--config', hotline.path('rightsline.yaml')]);
  });
  const shown = await hotline.ask('case', 'show', alias, '--key', hotline.path('circle.key'), '--json');
  expect(shown.out).not.toContain('A doctor can see you');
  expect(shown.out).not.toContain('"recording":"');
  await page.goto(`${hotline.origin}/`);
  await log_in();
  await follow('Cases');
  await page.locator('.row a').first().click();
  await unlock();
  await page.getByText('The key of its month was destroyed').first().waitFor();
  expect(await page.getByText('A doctor can see you').count()).toBe(0);
  expect(await page.locator('.recording button').count()).toBe(0);
  await photograph('noise');
  expect(faults).toEqual([]);
});
