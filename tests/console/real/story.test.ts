// The console against the real server: a worker texts and another calls; a monitor logs in on a small screen, opens both with
// the circle's key, hears the recording, writes to the first, who comes back with the code and reads it, notes something for
// the team, takes the case, gives it a status and leaves.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { tone } from '../mock/prompts';
import { one_time_code } from '../server/local';
import { Demo } from './demo';

const screenshots = fileURLToPath(new URL('../../../build/web/screenshots/', import.meta.url));
const demo = new Demo(process.env['CONSOLE_SERVER'] ?? '');
const faults: string[] = [];
const refused: string[] = [];
let browser: Browser;
let page: Page;
let code = '';

const told = 'The crew leader cuts one hour <b>every</b> day';

beforeAll(async () => {
  await demo.start();
  // English; no danger; report; pay; the story; that is all; keep it; where; skip; skip; nobody is to reach them; a number.
  const said = await demo.phone(['hello', '1', 'no', 'report', '1', told, '1', '1', 'Sol Farm', '0', '0', '1', '1']);
  code = /come back: ([0-9 ]{14})/.exec(said)?.[1] ?? '';
  // English; no danger; report; pay; the story after the tone; and the caller hangs up.
  await demo.phone(['1', '2', '2', '1', 'They spray while we pick.', 'h'], '--mode', 'voice', '--from', '+13055550112');
  browser = await chromium.launch({ executablePath: process.env['CONSOLE_CHROMIUM'] ?? '', args: ['--no-sandbox'] });
  page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) {
      faults.push(line.text());
    }
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400) {
      refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
    }
  });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await demo.stop();
});

async function photograph(name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}real-${name}.png`, fullPage: true });
}

const follow = async (name: string): Promise<void> => {
  await page.locator('h1').evaluate((heading) => heading.setAttribute('data-left', ''));
  await page.locator('nav a', { hasText: name }).click();
  await page.locator('h1:not([data-left])').waitFor(); // and not the heading of the page before
};

it('is the page that the console serves, under its policy', async () => {
  const answer = await page.goto(`${demo.origin}/`);
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()['content-type']).toContain('text/html');
  expect(answer?.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'");
});

it('lets a monitor in by name, password and second factor', async () => {
  await page.locator('input[name=name]').fill('maria');
  await page.locator('input[name=password]').fill(demo.password);
  await page.locator('input[name=code]').fill(one_time_code(demo.secret));
  await page.locator('button[type=submit]').click();
  await page.locator('.counts').waitFor();
  await photograph('today');
});

it('lists what was told', async () => {
  await follow('Cases');
  await expect.poll(() => page.locator('.row').count()).toBe(2);
  await photograph('cases');
});

it('opens what was texted, as text', async () => {
  await page.locator('.row a', { hasText: 'text message' }).click();
  await page.locator('input[name=files]').setInputFiles(demo.key_file);
  await page.locator('.sealed button[type=submit]').click();
  await expect.poll(() => page.locator('.words').allTextContents()).toContain(told); // each opens by itself
  await expect.poll(() => page.locator('.words').allTextContents()).toContain('Sol Farm');
  await photograph('texted');
});

it('writes to the worker, who reads it with the code, and notes something that no worker hears', async () => {
  expect(code).not.toBe('');
  await page.getByRole('button', { name: 'To the worker…' }).click();
  await page.locator('textarea[name=reply]').fill('We read your report. Which day was it?');
  await page.getByRole('button', { name: 'Look it over' }).click();
  await page.getByRole('button', { name: 'Send it to the worker' }).dblclick();
  await page.getByText('It is kept, sealed').waitFor();
  await page.getByRole('button', { name: 'A note for the team…' }).click();
  await page.locator('textarea[name=note]').fill('The clinic knows this farm.');
  await page.getByRole('button', { name: 'Keep the note' }).dblclick();
  await page.getByText('The note is kept').waitFor();
  await expect.poll(() => page.locator('.part.box-worker .words').allTextContents()).toEqual(['We read your report. Which day was it?']);
  await expect.poll(() => page.locator('.part.box-team .words').allTextContents()).toEqual(['The clinic knows this farm.']);
  await photograph('written');
  const read = await demo.come_back(code, '1'); // yes, read it
  expect(read).toContain('We read your report. Which day was it?');
  expect(read.split('Which day was it?').length).toBe(2); // once
  expect(read).not.toContain('clinic');
});

it('sets what is to be done, which only the circle reads, and says that it is done', async () => {
  await page.locator('.tasks summary').click();
  await page.getByText('Nothing is to be done.').waitFor();
  await page.locator('textarea[name=task]').fill('Ask the clinic for the paper');
  await page.locator('input[name=due]').fill(`${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T09:00`);
  await page.getByRole('button', { name: 'Set it' }).dblclick();
  await expect.poll(() => page.locator('.tasks .words').allTextContents()).toEqual(['Ask the clinic for the paper']);
  await page.getByRole('button', { name: 'It is done' }).click();
  await page.getByText(/maria.? did it/).waitFor();
});

it('takes the case, gives it a status, and sees what was done', async () => {
  await page.getByRole('button', { name: 'I take it' }).click();
  await page.getByText('With you').first().waitFor();
  const choice = page.locator('select[name=status]');
  await choice.selectOption({ index: 1 });
  await page.locator('.work .preview').waitFor();
  await page.getByRole('button', { name: 'Give it this status' }).click();
  await page.getByText('It has the status now.').waitFor();
  await page.getByText('What was done to it').click();
  await page.locator('.log li').first().waitFor();
  const log = await page.locator('.log ol').innerText();
  for (const act of ['It was filed.', 'wrote to its worker.', 'wrote a note.', 'read what was written to them', 'gave it the status']) {
    expect(log).toContain(act);
  }
  await page.getByText('What the worker has agreed to').click();
  await page.getByText('They come back with their number.').waitFor();
  await photograph('worked-on');
});

it('plays what was said', async () => {
  await follow('Cases');
  await page.locator('.row a', { hasText: 'call' }).click();
  await page.locator('.recording button').first().click();
  const length = await page.locator('audio').first().evaluate(
    (player: HTMLAudioElement) =>
      new Promise<number>((done) => {
        const look = (): void => (player.readyState > 0 ? done(player.duration) : void setTimeout(look, 50));
        player.onerror = () => done(-1);
        look();
      }),
  );
  expect(length).toBeGreaterThan(0.5);
  await photograph('said');
});

it('shows alerts, the roster, people and logins, and is refused nothing', async () => {
  for (const name of ['Alerts', 'On call', 'Passed on', 'Figures', 'Keys', 'People', 'Sites', 'Logins']) {
    await follow(name);
    await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
    await photograph(name.toLowerCase().replace(' ', '-'));
    expect(await page.locator('.note-bad').count(), name).toBe(0);
  }
  expect(await page.locator('.card', { hasText: 'This one' }).count()).toBe(1);
});

it('adds a site, and says that a case is of it', async () => {
  await follow('Sites');
  await page.getByText('There is none yet.').waitFor();
  await page.getByText('A new site…').click();
  await page.locator('input[name=site]').fill('sol-farm');
  await page.getByRole('button', { name: 'Add it' }).dblclick();
  await page.getByText('It is there.').waitFor();
  await page.locator('.card summary').click();
  await photograph('site');
  await follow('Cases');
  await page.locator('.row a', { hasText: 'text message' }).click();
  await page.locator('select[name=site]').selectOption('sol-farm');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByText('It is of this site now.').waitFor();
  await page.getByText('Pass it on to another organisation…').click();
  await page.getByText('This program names no other organisation.').waitFor();
});

it('is told at once what another worker reports', async () => {
  await follow('Alerts');
  await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
  const before = await page.locator('.card').count();
  // Fetched anew it is after a minute at the soonest, where nothing is told.
  await demo.phone(['hello', '1', 'no', 'report', '1', 'They keep our papers.', '1', '1', '0', '0', '0', '1', '1'], '--from', '+13055550133');
  await expect.poll(() => page.locator('.card').count(), { timeout: 20_000 }).toBeGreaterThan(before);
});

it('enters what a worker tells it, who comes back with the number; and links it with another', async () => {
  await follow('Cases');
  const other = await page.locator('.row .code').first().innerText();
  await page.getByRole('link', { name: 'Enter a report for a worker' }).click();
  await page.locator('textarea[required]').fill('They lock the gate at night.');
  await page.locator('input[name=danger]').first().check();
  await page.locator('select[name=family]').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Seal and save it' }).dblclick();
  await page.getByText('Saved: report').waitFor();
  const number = (await page.locator('.code-large').innerText()).trim();
  expect(number).toMatch(/^[0-9]{4} [0-9]{4} [0-9]{4}$/);
  await photograph('entered');
  const heard = await demo.come_back(number);
  expect(heard).toMatch(/report is saved|have your report|nobody has read/i);
  await page.getByRole('link', { name: /Open the case/ }).click();
  await page.getByText('told to the team').waitFor();
  await expect.poll(() => page.locator('.words').allTextContents()).toContain('They lock the gate at night.');
  await page.getByText('Link with another report…').click();
  await page.locator('input[name=link]').fill(other.toLowerCase());
  await page.getByRole('button', { name: 'Link them' }).dblclick();
  await page.getByText('They are linked.').waitFor();
  await expect.poll(() => page.locator('.links a .code').allInnerTexts()).toEqual([other]);
  await page.getByText('What was done to it').click();
  await page.getByText(/maria.? entered it for its worker/).waitFor();
  await photograph('entered-case');
});

it('puts it on hold and ends that, and takes nothing out without its worker’s yes', async () => {
  await page.getByText('What time will delete, and when').click();
  await page.getByText('It is open, so nothing of it is deleted for its age.').waitFor();
  await page.getByRole('button', { name: 'Put it on hold' }).dblclick();
  await page.getByText('On hold').first().waitFor();
  await page.getByRole('button', { name: 'End the hold' }).click();
  await page.getByRole('button', { name: 'Put it on hold' }).waitFor();
  await page.getByText('Take it out for others…').click();
  await page.locator('select[name=purpose]').selectOption('union');
  await page.getByText('Its worker has not said yes to this').waitFor();
  await photograph('held');
});

it('records what calls play; somebody else listens and approves; and calls play it without anybody at the server', async () => {
  await follow('Recordings');
  await page.getByRole('button', { name: /Show .*English/ }).click();
  const line = page.locator('li[id^=line-]').first();
  const name = (await line.locator('.line-name').innerText()).trim();
  await line.getByText('Record this line…').click();
  await line.locator('input[type=file]').setInputFiles({ name: 'take.wav', mimeType: 'audio/wav', buffer: Buffer.from(tone(440, 44_100)) });
  await line.getByRole('button', { name: 'Keep it' }).dblclick();
  await page.getByText('It is kept. Somebody else must listen').waitFor();
  await line.getByRole('button', { name: 'Listen to the take' }).click();
  await line.getByText('You recorded this one').waitFor();
  await photograph('recordings');

  const other = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await other.goto(`${demo.origin}/`);
  await other.locator('input[name=name]').fill('olga');
  await other.locator('input[name=password]').fill(demo.password);
  await other.locator('input[name=code]').fill(one_time_code(demo.other_secret));
  await other.locator('button[type=submit]').click();
  await other.locator('nav a', { hasText: 'Recordings' }).click();
  await other.getByRole('button', { name: /Show .*English/ }).click();
  const theirs = other.locator(`li[id="line-${name}"]`);
  const taken = other.waitForResponse((answer) => answer.url().includes('/take?'));
  await theirs.getByRole('button', { name: 'Listen to the take' }).click();
  const sound = await (await taken).body();
  await theirs.getByRole('button', { name: 'It is good: let calls play it' }).dblclick();
  await other.getByText('Approved. Calls play it within a quarter of an hour.').waitFor();
  const address = `${createHash('sha256').update(sound).digest('hex')}.wav`;
  await expect.poll(async () => (await demo.media(address)).status, { timeout: 60_000, interval: 1000 }).toBe(200);
  expect(Buffer.from(await (await demo.media(address)).arrayBuffer()).equals(sound)).toBe(true);
  await other.context().close();
});

it('lets go of everything when one leaves', async () => {
  await page.locator('footer button').click();
  await page.locator('input[name=password]').waitFor();
  const left = async () => (await page.context().cookies()).map((one) => one.name);
  // The one that lets nobody in: by it a guesser does not take this browser's turns.
  await expect.poll(left).toEqual(['__Host-rightsline-known']);
  expect(faults).toEqual([]);
  // Before the first login nobody is known; nothing else was refused.
  expect(refused).toEqual(['401 /api/v1/session']);
});
