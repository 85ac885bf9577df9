// What changes while one looks: told by the server, shown without a touch where that disturbs nobody, and after one where it
// would be noted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import * as data from '../mock/data';
import { House, usual } from './browser';

let house: House;
beforeEach(async () => {
  house = new House();
  await house.open(usual);
  await house.log_in();
  await expect.poll(() => house.mock.listeners).toBe(1);
});
afterEach(async () => {
  const { faults } = house;
  await house.close();
  expect(faults).toEqual([]);
});

const changed = (news: { cases?: string[]; list?: boolean; alerts?: boolean; login?: boolean; call?: string }) =>
  house.mock.tell('changed', { cases: [], list: false, alerts: false, ...news });
const asked = (path: string): number => house.mock.said.filter((one) => one.path.startsWith(path)).length;

describe('a list', () => {
  it('is there anew as soon as the server tells, with the focus where it was', async () => {
    await house.go('/alerts');
    await expect.poll(() => house.page.locator('.card').count()).toBe(2);
    await house.page.getByRole('button', { name: /I have it.*7K4-921/ }).focus();
    house.mock.alerts = house.mock.alerts.slice(0, 1);
    changed({ alerts: true });
    await expect.poll(() => house.page.locator('.card').count()).toBe(1);
    expect(await house.page.evaluate(() => document.activeElement?.textContent)).toContain('7K4-921');
  });

  it('keeps what one took oneself in its place until one leaves', async () => {
    await house.go('/alerts');
    await house.page.getByRole('button', { name: /I have it.*7K4-921/ }).click();
    await house.page.getByText('You have it.').waitFor();
    house.mock.alerts = house.mock.alerts.slice(1);
    const before = asked('/api/v1/alerts');
    changed({ alerts: true });
    await expect.poll(() => asked('/api/v1/alerts')).toBeGreaterThan(before);
    await expect.poll(() => house.page.locator('.card h2 .code').allInnerTexts()).toEqual(['7K4-921', '9R1-404']);
    expect(await house.page.getByText('You have it.').count()).toBe(1);
  });

  it('is not asked for when something else changed', async () => {
    await house.go('/alerts');
    await expect.poll(() => house.page.locator('.card').count()).toBe(2);
    const before = asked('/api/v1/alerts');
    changed({ list: true });
    changed({ alerts: true });
    await expect.poll(() => asked('/api/v1/alerts')).toBe(before + 1);
  });

  it('shows as many pages as it showed', async () => {
    await house.go('/cases');
    await house.page.getByRole('button', { name: 'Show more' }).click();
    await house.page.locator('.row').nth(2).waitFor();
    const before = asked('/api/v1/cases');
    changed({ list: true });
    await expect.poll(() => asked('/api/v1/cases')).toBe(before + 2);
    await expect.poll(() => house.page.locator('.row').count()).toBe(3);
  });

  it('shows no row of the view before', async () => {
    await house.go('/cases');
    await house.page.locator('.row').first().waitFor();
    let let_go = (): void => {};
    const held = new Promise<void>((done) => (let_go = done));
    await house.page.route('**/api/v1/cases?*', async (route) => {
      await held; // the server takes its time
      await route.continue();
    });
    await house.page.getByRole('button', { name: 'Mine' }).click();
    await house.page.locator('[aria-busy]').waitFor();
    const seen = await house.page.locator('.row .code').allInnerTexts();
    let_go();
    await house.page.locator('.row').first().waitFor();
    seen.push(...(await house.page.locator('.row .code').allInnerTexts()));
    expect(seen).toEqual(['3P2-118']);
  });
});

describe('a case', () => {
  it('is not read again by itself, for each reading is noted, but says that it changed', async () => {
    await house.go(`/cases/${data.spoken_case}`);
    await house.open_key();
    await house.page.getByRole('button', { name: 'A note for the team…' }).click();
    await house.page.locator('textarea[name=note]').fill('half a thought');
    const before = asked(`/api/v1/cases/${data.spoken_case}?`);
    changed({ cases: [data.told_case], list: true });
    changed({ cases: [data.spoken_case], list: true });
    const show = house.page.getByRole('button', { name: 'Show what is new' });
    await show.waitFor();
    expect(await house.barriers()).toEqual([]);
    await house.photograph('case-changed');
    expect(asked(`/api/v1/cases/${data.spoken_case}?`)).toBe(before);
    await show.click();
    await expect.poll(() => asked(`/api/v1/cases/${data.spoken_case}?`)).toBeGreaterThan(before);
    await show.waitFor({ state: 'detached' });
    expect(await house.page.locator('textarea[name=note]').inputValue()).toBe('half a thought');
  });
});

describe("one's own call that is over", () => {
  const call_picked = (): Promise<string> => house.page.locator('select[name=call]').inputValue();

  it('opens the page for entering its report by itself, with that call picked', async () => {
    await house.go('/alerts');
    changed({ call: '77777777' });
    await house.page.locator('select[name=call]').waitFor();
    expect(await call_picked()).toBe('77777777');
    expect(new URL(house.page.url()).pathname).toBe('/enter');
  });

  it('leads nobody away from what they write: it is said, with the way there', async () => {
    await house.go('/enter');
    const told = house.page.locator('textarea').first();
    await told.fill('She was not paid');
    changed({ call: '77777777' });
    await house.page.getByText('Your call is over.').waitFor();
    expect(await told.inputValue()).toBe('She was not paid');
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
    await house.photograph('call-over');
    await house.page.getByRole('link', { name: 'Enter the report of this call' }).click();
    await expect.poll(call_picked).toBe('77777777');
    expect(await told.inputValue()).toBe('She was not paid');
    expect(await house.page.getByText('Your call is over.').count()).toBe(0);
  });

  it('leads nobody away from a page that shows what cannot be shown again', async () => {
    await house.go('/logins');
    changed({ call: '77777777' });
    await house.page.getByText('Your call is over.').waitFor();
    expect(new URL(house.page.url()).pathname).toBe('/logins');
  });
});

describe('listening', () => {
  it('goes on behind the last event after a stream that broke', async () => {
    await house.go('/alerts');
    await house.page.locator('.card').first().waitFor(); // what changes before it was asked for needs no asking anew
    changed({ alerts: true });
    await expect.poll(() => asked('/api/v1/alerts')).toBe(3); // today's, the page's, and the news
    house.mock.hang_up();
    await expect.poll(() => house.mock.last_ids).toEqual(['', '1-0']);
  });

  it('has the page fetch everything that it shows when the server cannot tell what was missed', async () => {
    await house.go('/alerts');
    await expect.poll(() => house.page.locator('.card').count()).toBe(2); // what it asks for by itself has come
    house.mock.alerts = house.mock.alerts.slice(0, 1);
    house.mock.tell('reload', {});
    await expect.poll(() => house.page.locator('.card').count()).toBe(1);
  });

  it('ends with the login, at once', async () => {
    house.mock.logged_in = false;
    house.mock.tell('over', {});
    await house.page.getByText('Your login is over').waitFor();
    await house.log_in();
    await expect.poll(() => house.mock.listeners).toBe(1);
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    await expect.poll(() => house.mock.listeners).toBe(0);
  });

  it('tells at once that somebody logged in with the same name elsewhere', async () => {
    changed({ login: true });
    await house.page.getByText('Somebody has just logged in with your name').waitFor();
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
    await house.photograph('login-elsewhere');
    await house.page.getByRole('button', { name: 'It was me' }).click();
    await house.page.getByText('Somebody has just logged in').waitFor({ state: 'detached' });
  });

  it('takes roles that are others now', async () => {
    await house.page.locator('nav a', { hasText: 'Cases' }).waitFor();
    house.mock.roles = ['auditor'];
    house.mock.tell('over', {});
    await house.page.locator('nav a', { hasText: 'Cases' }).waitFor({ state: 'detached' });
    await expect.poll(() => house.mock.listeners).toBe(0);
  });
});
