// What goes to another organisation, and who stands on whose side: offered with the worker's yes and sealed here, answered and
// read by the others, taken back; and the lists of sites.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { from_base64, to_utf8 } from '../../../gateway/console/web/src/crypto/bytes';
import { part_context } from '../../../gateway/console/web/src/crypto/case_parts';
import * as data from '../mock/data';
import { other_file, their_file, theirs } from '../mock/others';
import { House, settings, usual } from './browser';

let house: House;
beforeEach(async () => {
  house = new House();
  await house.open(usual);
});
afterEach(async () => {
  const { faults } = house;
  await house.close();
  expect(faults).toEqual([]);
});

const button = (name: string | RegExp) => house.page.getByRole('button', { name });
const said = (words: string | RegExp): Promise<void> => house.page.getByText(words).first().waitFor();
const look = async (name: string): Promise<void> => {
  await house.photograph(name);
  expect(await house.barriers()).toEqual([]);
  expect(await house.overflow()).toBe(0);
};

describe('a case that is passed on', () => {
  const choose = async (text: string): Promise<void> => {
    const input = house.page.locator('.referring input[name=circle]').first();
    await input.setInputFiles({ name: 'inspectors.circle.pub', mimeType: 'text/plain', buffer: Buffer.from(text) });
  };
  const unfold = async (): Promise<void> => {
    await house.page.getByText('Pass it on to another organisation…').click();
    await house.page.locator('.referring .card').first().waitFor();
  };
  beforeEach(async () => {
    house.mock.roles = ['supervisor'];
    await house.log_in();
    await house.go(`/cases/${data.spoken_case}`);
  });

  it('names the yes that is missing, and asks for one’s own key first', async () => {
    await unfold();
    await said(/has not said yes to this.*shared with a union/);
    await said('Open your key first, above');
    expect(await house.page.locator('.referring form').count()).toBe(0);
    await look('referring-missing');
  });

  it('is sealed here to the key that the others gave, and to no other', async () => {
    await house.open_key();
    await unfold();
    await said('2 of them are told by e-mail that something is offered');
    await choose(other_file);
    await button(/Open it, seal it and offer it to/).click();
    await said('This is not the key that the server names for them');
    expect(house.mock.others.passed).toEqual([]);
  });

  it('goes as copies that only they open, without recordings; and is taken back', async () => {
    await house.go(`/cases/${data.told_case}`);
    await house.open_key();
    await unfold();
    await choose(their_file);
    await house.page.locator('.referring select[name=reason]').selectOption('advice');
    await button(/Open it, seal it and offer it to/).dblclick();
    await said(/70 parts are passed on to/);
    const { passed, referral } = house.mock.others;
    expect(passed.length).toBe(70); // in several requests, each once
    expect(referral).toMatchObject({ to: 'investigators', reason: 'advice', copies: 70, seen: 70 });
    const plain = passed.map((one) => to_utf8(theirs.open_part(part_context(data.program, data.told_case), from_base64(one) ?? new Uint8Array())));
    expect(plain[0]).toContain(data.long_word);
    expect(plain[69]).toContain('Mensaje 70');
    expect(JSON.stringify(house.mock.said)).not.toContain('Mensaje');
    await said('Offered');
    await look('referring-offered');
    await button(/Take it back from/).click();
    await said('What they have read nobody can take back');
    await button('Yes, take it back').dblclick();
    await said('Taken back');
  });

  it('says what does not open, and then sends nothing', async () => {
    await house.open_key(); // one part of it was changed on the way
    await unfold();
    await choose(their_file);
    await button(/Open it, seal it and offer it to/).click();
    await house.page.locator('.referring .note-bad').first().waitFor();
    expect(house.mock.others.passed).toEqual([]);
  });

  it('is of a site, which its reader says', async () => {
    await said('Nobody has said which site it is of.');
    await house.page.locator('select[name=site]').selectOption('sol-farm');
    await button('Say it').dblclick();
    await said('It is of this site now.');
    expect(house.mock.work.get(data.spoken_case)?.site).toBe('sol-farm');
  });

  it('is listed, with what they do not have', async () => {
    await house.go('/referrals');
    await said('They do not have 1 part that its worker told since.');
    expect(await house.page.locator('.card').count()).toBe(2);
    expect(await button(/Accept/).count()).toBe(0); // nobody answers their own offer
    await house.page.locator('.card a').first().click();
    await house.page.getByText('Pass it on to another organisation…').waitFor();
  });
});

describe.each(settings.map((one) => [one.name, one] as const))('the other organisation, at %s', (name, setting) => {
  beforeEach(async () => {
    await house.close();
    house = new House();
    await house.open(setting);
    house.mock.of_others = ['monitor'];
    await house.log_in();
  });

  it('answers, reads what was passed on, and asks for nothing else', async () => {
    await house.settled();
    expect(await house.page.locator('nav a').count()).toBe(3); // today, passed on, logins
    await house.go('/referrals');
    expect(await house.page.locator('.card a').count()).toBe(1); // of what waits nothing is shown
    await look(`offers-${name}`);
    await house.page.locator('.card button.first').dblclick();
    await expect.poll(() => house.mock.others.answered).toEqual(['accept ']);
    await expect.poll(() => house.page.locator('.card a').count()).toBe(2);
    await house.go(`/referrals/${data.told_case}`);
    await look(`referred-sealed-${name}`);
    await house.open_key();
    await house.page.locator('.part .words').first().waitFor();
    await house.page.locator('.recording button').first().click();
    await house.page.locator('.recording').waitFor();
    expect(await house.page.evaluate(() => (globalThis as { was_run?: boolean }).was_run)).toBe(undefined);
    await look(`referred-${name}`);
    await house.page.locator('main details summary').last().click();
    await house.page.locator('input[name=sure]').check();
    await house.page.locator('main details button').last().click();
    await expect.poll(() => house.mock.others.stepped_back).toBe(true);
    const asked = house.mock.said.filter((one) => one.path.includes('program=')).map((one) => one.path);
    expect(asked.filter((one) => !/referr|recuse/.test(one))).toEqual([]); // each refusal would stand in the audit
  });
});

describe('who answers', () => {
  it('declines with a word of the program’s', async () => {
    house.mock.of_others = ['supervisor'];
    await house.log_in();
    await house.go('/referrals');
    await house.page.getByText('Do not take it…').click();
    await house.page.locator('select[name=why]').selectOption('conflict');
    await button('Decline it').dblclick();
    await expect.poll(() => house.mock.others.answered).toEqual(['decline conflict']);
    await expect.poll(() => house.page.locator('.card').count()).toBe(1);
  });

  it('sees that something is offered, without a role that works on cases, and no more', async () => {
    house.mock.of_others = ['intake'];
    await house.log_in();
    await house.go('/referrals');
    await house.page.locator('.card').first().waitFor();
    expect(await house.page.locator('.card button, .card a').count()).toBe(0);
  });
});

describe('sites', () => {
  beforeEach(async () => {
    house.mock.roles = ['admin'];
    house.mock.users = house.mock.users.map((one) => ({ ...one, disabled: false }));
    await house.log_in();
    await house.go('/sites');
  });

  it('are added and removed, and say why not', async () => {
    await house.page.getByText('A new site…').click();
    await house.page.locator('input[name=site]').fill('luna-farm');
    await button('Add it').dblclick();
    await said('It is there.');
    expect(house.mock.others.sites.sites.map((one) => one.site)).toEqual(['rio-farm', 'sol-farm', 'luna-farm']);
    const of = (site: string) => house.page.locator('.card', { hasText: site });
    await of('sol-farm').locator('summary').click();
    await button(/Remove.*sol-farm/).click();
    await said('people stand on the employer’s list of this site');
    await of('luna-farm').locator('summary').click();
    await button(/Remove.*luna-farm/).click();
    await said('It is no site any more.');
    await expect.poll(() => house.page.locator('.card').count()).toBe(2);
  });

  it('have an employer’s list, and say what it took back', async () => {
    const rio = house.page.locator('.card', { hasText: 'rio-farm' });
    await rio.locator('summary').click();
    await rio.locator('input[name=person]').fill('nobody.known');
    await button(/Put them on the list of.*rio-farm/).click();
    await said('there are jean, maria');
    house.mock.others.released = 2;
    await rio.locator('input[name=person]').fill('jean');
    await button(/Put them on the list of.*rio-farm/).dblclick();
    await said('2 reports are in the pool again.');
    expect(house.mock.others.sites.sites[0]?.employer).toEqual(['jean']);
    house.mock.others.released = 0;
    await rio.getByRole('button', { name: /Take off the list/ }).click();
    await said('They are off the list.');
  });

  it('are looked after by who is sent there', async () => {
    await said('ana');
    await house.page.locator('select[name=near-whom]').selectOption('jean');
    await button('Choose their sites').click();
    await house.page.locator('input[name=near][value=rio-farm]').check();
    await button(/Send them there/).dblclick();
    await said('Done.');
    expect(house.mock.others.sites.near).toContainEqual({ person: 'jean', sites: ['rio-farm'] });
  });
});
