// Who looks after people: lets them in, shuts them out; and everybody their own password.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

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

const button = (name: string | RegExp) => house.page.getByRole('button', { name });
const said = (words: string): Promise<void> => house.page.getByText(words).first().waitFor();

describe('an administrator', () => {
  it('lets somebody in, and sees what they need once', async () => {
    await house.go('/people');
    await house.page.getByText('Let somebody in…').click();
    await house.page.locator('input[name=name]').fill('newcomer');
    await house.page.locator('input[value=monitor]').first().check();
    await house.page.locator('input[name=key]').fill('F895e0f6 9f49-46fe 672bff7ebb477f31');
    await button('Let them in').dblclick();
    await house.page.locator('.secrets').waitFor();
    expect(house.mock.users.map((one) => one.name)).toEqual(['maria', 'jean', 'newcomer']);
    expect(house.mock.users[2]?.key).toBe('f895 e0f6 9f49 46fe 672b ff7e bb47 7f31');
    expect(house.mock.passwords.length).toBe(1);
    expect(house.mock.passwords[0]).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const shown = await house.page.locator('.secrets').innerText();
    expect(shown).toContain(house.mock.passwords[0]);
    expect(shown).toContain('ABCD EFGH');
    await house.photograph('people-secrets');
    expect(await house.barriers()).toEqual([]);
    await button('I handed them over: hide them').click();
    expect(await house.page.locator('body').innerText()).not.toContain('ABCD EFGH');
    expect(await house.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  });

  it('shuts somebody out after asking, and never themselves', async () => {
    house.mock.users = house.mock.users.map((one) => ({ ...one, disabled: false }));
    await house.go('/people');
    expect(await button(/Shut out.*maria/).count()).toBe(0);
    await button(/Shut out.*jean/).click();
    await said('All their logins end at once');
    expect(house.mock.users.some((one) => one.disabled)).toBe(false);
    await button('Yes, shut them out').click();
    await said('May not log in');
    expect(house.mock.users.find((one) => one.disabled)?.name).toBe('jean');
  });

  it('gives somebody other roles, and is told when they will not do', async () => {
    await house.go('/people');
    const summary = house.page.locator('.card summary');
    expect(await summary.allInnerTexts()).toEqual([expect.stringContaining('jean')]); // and not one's own
    await summary.click();
    const theirs = house.page.locator('.card', { hasText: 'jean' });
    for (const role of (house.mock.users.find((one) => one.name === 'jean')?.roles[data.program] ?? [])) {
      await theirs.locator(`input[value=${role}]`).uncheck();
    }
    await button('Give them these roles').click();
    await said('shut them out instead');
    await theirs.locator('input[value=auditor]').check();
    await house.photograph('people-roles');
    expect(await house.barriers()).toEqual([]);
    await button('Give them these roles').dblclick();
    await expect.poll(() => house.mock.users.find((one) => one.name === 'jean')?.roles[data.program]).toEqual(['auditor']);
    await theirs.getByText('auditor', { exact: true }).first().waitFor();
  });

  it('is the only one who is offered it', async () => {
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    house.mock.roles = ['auditor'];
    await house.log_in();
    await house.go('/people');
    await house.page.locator('.card').first().waitFor();
    expect(await house.page.getByText('Let somebody in…').count()).toBe(0);
    expect(await button(/Shut out|New password/).count()).toBe(0);
  });
});

describe("one's own password", () => {
  const fill = async (old: string, fresh: string, again = fresh): Promise<void> => {
    await house.page.locator('.password input[name=old]').fill(old);
    await house.page.locator('.password input[name=code]').fill('123 456');
    await house.page.locator('.password input[name=new]').fill(fresh);
    await house.page.locator('.password input[name=again]').fill(again);
    await button('Change it and log in again').click();
  };

  it('takes the old one, is typed twice, and ends every login', async () => {
    await house.go('/logins');
    await house.page.getByText('Change your password…').click();
    await fill('a long password', 'short');
    await said('needs 12 characters or more');
    await fill('a long password', 'four goats and a cart', 'four goats and a car');
    await said('not typed twice alike');
    expect(house.mock.said.filter((one) => one.path.includes('password')).length).toBe(0);
    await fill('another password', 'four goats and a cart');
    await said('are not right');
    await house.photograph('password');
    expect(await house.barriers()).toEqual([]);
    await fill('a long password', 'four goats and a cart');
    await said('Your password is changed');
    await expect.poll(() => house.mock.logged_in).toBe(false);
  });
});
