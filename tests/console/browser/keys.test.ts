// The keys of a circle, figures and the log: what the server knows of them, and what only one's own files tell.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { digest } from '../mock/audit';
import * as data from '../mock/data';
import { House, usual } from './browser';

let house: House;
beforeEach(async () => {
  house = new House();
  await house.open(usual);
  await house.log_in();
});
afterEach(async () => {
  const { faults } = house;
  await house.close();
  expect(faults).toEqual([]);
});

const said = (words: string): Promise<void> => house.page.getByText(words).first().waitFor();

describe('the keys', () => {
  const open = async (files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> => {
    await house.page.locator('input[name=files]').setInputFiles(files);
    await house.page.locator('.sealed button.plain').click();
    await house.page.locator('input[name=secret]').fill(data.keys.member.code);
    await house.page.locator('.sealed button[type=submit]').click();
  };
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  it('say what reports are sealed to, and what one opens of it, with a fingerprint to compare', async () => {
    await house.go('/keys');
    const circle = await house.page.locator('main').innerText();
    expect(circle).toContain('fair-food');
    const id = /^id: (.*)$/m.exec(data.keys.circle.public_file)?.[1] ?? '';
    expect(circle.replaceAll(' ', '')).toContain(id);
    await open([file('maria.member', data.keys.member.file), file('fair-food.2.shares', data.keys.circle.shares_file)]);
    await said('You can open what comes in now.');
    await said('Members: ');
    expect(await house.page.locator('main').innerText()).toMatch(/([0-9a-f]{4} ){7}[0-9a-f]{4}/);
    expect(JSON.stringify(house.mock.said)).not.toContain(data.keys.member.code.slice(0, 5));
    await house.page.getByRole('button', { name: 'Lock now' }).click();
    await house.page.locator('input[name=files]').waitFor();
  });

  it('say when one’s files are of an older version', async () => {
    await house.go('/keys');
    await house.page.locator('input[name=files]').setInputFiles([file('fair-food.circle.key', data.old_circle)]);
    await house.page.locator('.sealed button[type=submit]').click();
    await said('You cannot open what comes in now');
    await said('whoever has it reads everything');
  });

  it('say what is lost with a passphrase and a code, and what the others can do', async () => {
    await house.go(`/cases/${data.spoken_case}`);
    await house.page.getByText('When something is lost').click();
    await said('that key is gone, and nobody brings it back');
    await said('have another member admit you');
    await said('what was sealed to the circle opens nowhere any more');
  });
});

describe('the figures', () => {
  it('show what the server tells, and say why it tells no more', async () => {
    await house.go('/figures');
    await said('October 1, 2026');
    expect(await house.page.locator('.card').allInnerTexts()).toEqual([
      expect.stringMatching(/received\s+Reports\s+40\s[^]*5$/),
      expect.stringMatching(/too few to say\s[^]*too few to say$/),
    ]);
    expect(await house.page.locator('.facts').first().innerText()).toMatch(/45[^]*30[^]*too few to say/);
  });

  it('are not there for who sees no cases', async () => {
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    house.mock.roles = ['auditor'];
    await house.log_in();
    expect(await house.page.locator('nav').innerText()).not.toMatch(/Figures|Keys/);
  });
});

describe('the log', () => {
  const as_auditor = async (): Promise<void> => {
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    house.mock.roles = ['auditor'];
    await house.log_in();
  };

  it('is not there for who is no auditor', async () => {
    expect(await house.page.locator('nav a[href="/log"]').count()).toBe(0);
  });

  it('tells an auditor who did what, page by page, with the newest signed block, and opens no case', async () => {
    await as_auditor();
    const before = house.mock.said.length;
    await house.page.locator('nav a[href="/log"]').click();
    await said('read it.');
    await said(digest);
    expect(await house.page.locator('ol.log li').count()).toBe(5);
    expect(await house.page.locator('ol.log').innerText()).toContain('an act of a newer server');
    expect(await house.page.locator('ol.log a').count()).toBe(0);
    await house.page.getByRole('button', { name: 'The next ones' }).click();
    await said('not signed yet');
    await said('That was all.');
    const asked = house.mock.said.slice(before).map((one) => one.path);
    expect(asked.filter((path) => path.includes('/cases') || path.includes('/alerts'))).toEqual([]);
    expect(asked.filter((path) => path.includes('/audit')).length).toBe(2);
  });

  it('begins with the day that is chosen', async () => {
    await as_auditor();
    await house.page.locator('nav a[href="/log"]').click();
    await house.page.locator('input[name=since]').fill('2026-10-01');
    await house.page.getByRole('button', { name: 'Show' }).click();
    const since = Math.floor(new Date('2026-10-01T00:00').getTime() / 1000);
    await expect.poll(() => house.mock.said.at(-1)?.path).toContain(`since=${since}`);
  });
});
