// Every page, on small screens, in large text, from right to left, in the dark: no barrier that axe calls serious, nothing
// wider than the screen, nothing asked of anybody else. A screenshot of each is kept for a person to look at.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { long_word, spoken_case, told_case } from '../mock/data';
import { missing_line } from '../mock/prompts';
import { House, settings, usual } from './browser';

const pages: readonly [string, string][] = [
  ['cases', '/cases'],
  ['case-sealed', `/cases/${spoken_case}`],
  ['alerts', '/alerts'],
  ['on-call', '/on-call'],
  ['enter', '/enter'],
  ['figures', '/figures'],
  ['log', '/log'],
  ['keys', '/keys'],
  ['referrals', '/referrals'],
  ['sites', '/sites'],
  ['prompts', '/prompts'],
  ['people', '/people'],
  ['logins', '/logins'],
  ['not-found', '/nowhere'],
  ['today', '/'],
];

describe.each(settings.map((one) => [one.name, one] as const))('at %s', (name, setting) => {
  const house = new House();
  beforeAll(() => house.open(setting));
  afterAll(() => house.close());

  const look = async (page: string): Promise<void> => {
    await house.photograph(`${page}-${name}`);
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
    expect(await house.squeezed()).toEqual([]);
    expect(house.faults).toEqual([]);
  };

  it('login', async () => {
    await house.settled();
    await look('login');
    house.mock.roles = ['supervisor', 'admin', 'auditor']; // who sees most
    await house.log_in();
    await house.settled();
  });

  it.each(pages)('%s', async (page, path) => {
    await house.go(path);
    await look(page);
  });

  it('a report that is entered, and its number', async () => {
    await house.go('/enter');
    await house.page.locator('textarea[name=answer-story]').fill(long_word);
    await house.page.locator('select[name=family]').selectOption('wages');
    await house.page.locator('input[name=danger]').first().check();
    await look('enter-filled');
    house.mock.intake.broken = 1;
    await house.page.locator('main form button.first').click();
    await house.page.locator('main .note-bad button').waitFor();
    await look('enter-in-doubt');
    await house.page.locator('main .note-bad button').click();
    await house.page.locator('input[name=read-back]').fill('428117035967');
    await look('enter-saved');
    await house.page.locator('.secrets button').click();
    await house.page.locator('textarea[name=answer-story]').waitFor();
  });

  it('a site that is changed', async () => {
    house.mock.users = house.mock.users.map((one) => ({ ...one, disabled: false }));
    await house.go('/sites');
    for (const summary of await house.page.locator('main summary').all()) {
      await summary.click();
    }
    await house.page.locator('select[name=near-whom]').selectOption('jean');
    await house.page.locator('section form button').first().click();
    await house.page.locator('input[name=near]').first().waitFor();
    await look('sites-change');
  });

  it('a language, and a line that is recorded and judged', async () => {
    await house.go('/prompts');
    await house.page.locator('main summary').first().click();
    await look('prompts-matrix');
    await house.page.locator('main button[aria-pressed]').nth(1).click();
    await house.page.locator('li[id^=line-]').first().waitFor();
    await house.page.locator('.box button.first').click();
    await house.page.locator('.box summary').click();
    await house.page.locator(`li[id="line-${missing_line}"] summary`).click();
    await look('prompts-line');
  });

  it('what to do when a key is lost', async () => {
    await house.go('/keys');
    await house.page.locator('.lost summary').click();
    await look('keys-lost');
  });

  it('people let in, and a password', async () => {
    await house.go('/people');
    await house.page.locator('main summary').first().click();
    await look('people-new');
    await house.go('/logins');
    await house.page.locator('main summary').first().click();
    await look('password');
  });

  it('an opened case', async () => {
    await house.go(`/cases/${spoken_case}`);
    await house.open_key();
    await house.page.locator('.part .words').first().waitFor();
    await house.page.locator('.recording button').first().click();
    await house.page.locator('audio').waitFor();
    await look('case-opened');
    await house.go('/keys');
    await house.page.locator('.cards .card').first().waitFor();
    await look('keys-opened');
    await house.go(`/cases/${spoken_case}`);
    await house.page.locator('.part .words').first().waitFor();
  });

  it('a case with all that can be done', async () => {
    for (const summary of await house.page.locator('main summary').all()) {
      await summary.click();
    }
    await house.page.locator('.consents li').first().waitFor();
    await house.page.locator('.log li').first().waitFor();
    await house.page.locator('.time-ahead dd').first().waitFor();
    await house.page.locator('.referring input[name=circle]').first().waitFor();
    await house.page.locator('select[name=purpose]').selectOption('union');
    await house.page.locator('select[name=status]').selectOption('closed');
    await look('case-work');
  });

  it('a reply that is looked over, and a note', async () => {
    await house.page.locator('.compose button').first().click();
    await house.page.locator('textarea[name=reply]').fill('We spoke with Pedro on the 2026-11-22.');
    await look('case-reply');
    await house.page.locator('.box button.first').click();
    await house.page.locator('.preview').last().waitFor();
    await look('case-reply-looked');
    await house.page.locator('.compose button').nth(1).click();
    await house.page.locator('textarea[name=note]').waitFor();
    await look('case-note');
  });

  it('a case with very long words', async () => {
    await house.go(`/cases/${told_case}`);
    await house.page.locator('.part .words').first().waitFor();
    await expect.poll(() => house.page.locator('.part').count()).toBe(70);
    await look('case-long');
  });

  it('says which way it is written', async () => {
    expect(await house.page.evaluate(() => document.documentElement.dir)).toBe(setting.language === 'pseudo' ? 'rtl' : 'ltr');
  });
});

describe('what is too small to tap', () => {
  const house = new House();
  beforeAll(() => house.open(usual));
  afterAll(() => house.close());

  it('is found', async () => {
    await house.settled();
    await house.page.evaluate(() => {
      const tiny = document.createElement('p');
      tiny.append(...['a', 'b'].map((name) => Object.assign(document.createElement('button'), { textContent: name })));
      document.querySelector('main')?.append(tiny);
      for (const one of tiny.children as HTMLCollectionOf<HTMLElement>) {
        one.style.cssText = 'inline-size: 12px; block-size: 12px; min-block-size: 0; padding: 0; font-size: 10px';
      }
    });
    expect((await house.barriers()).filter((one) => one.startsWith('target-size'))).toHaveLength(2);
  });
});
