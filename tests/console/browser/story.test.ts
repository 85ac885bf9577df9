// What a monitor does, and what must not happen meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import * as data from '../mock/data';
import { House, usual } from './browser';

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

const text = (): Promise<string> => house.page.locator('body').innerText();

describe('login', () => {
  it('refuses in words that do not say what was wrong, and lets in', async () => {
    await house.page.locator('input[name=name]').fill('maria');
    await house.page.locator('input[name=password]').fill('another password');
    await house.page.locator('input[name=code]').fill('123456');
    await house.page.locator('button[type=submit]').click();
    await house.page.locator('[role=alert] p').waitFor();
    expect(await text()).toContain('are not right');
    await house.log_in();
    expect(await house.page.locator('h1').innerText()).toBe('Today');
  });

  it('says how long to wait', async () => {
    house.mock.wait_seconds = 30;
    await house.page.locator('input[name=name]').fill('maria');
    await house.page.locator('input[name=password]').fill('x');
    await house.page.locator('input[name=code]').fill('1');
    await house.page.locator('button[type=submit]').click();
    await house.page.locator('[role=alert] p').waitFor();
    expect(await text()).toContain('Come back in 30 seconds');
  });

  it('stays over a reload, and is over when the server says so', async () => {
    await house.log_in();
    await house.page.reload();
    await house.page.locator('nav').waitFor();
    await house.settled();
    house.mock.logged_in = false;
    await house.go('/alerts').catch(() => undefined);
    await house.page.locator('input[name=password]').waitFor();
    await house.page.getByText('Your login is over').waitFor();
  });
});

describe('the list', () => {
  it('shows a view, finds a case by its name, and goes on', async () => {
    await house.log_in();
    await house.go('/cases');
    await expect.poll(() => house.page.locator('.row').count()).toBe(2);
    await house.page.getByRole('button', { name: 'Show more' }).click();
    await house.page.locator('.row').nth(2).waitFor();
    await house.page.getByRole('searchbox').fill('9r1404');
    await expect.poll(() => house.page.locator('.row').count()).toBe(1);
    await house.page.getByRole('button', { name: 'Overdue' }).click();
    await house.page.locator('.row').first().waitFor();
    await expect.poll(() => house.page.locator('.row .code').allInnerTexts()).toEqual(['7K4-921']);
    await house.page.getByRole('button', { name: 'Mine' }).click();
    await house.page.getByText('3P2-118').waitFor();
    await expect.poll(() => house.page.locator('.row').count()).toBe(1);
  });
});

describe('today', () => {
  it('does not count what the server does not tell', async () => {
    house.mock.tells_work = false;
    await house.log_in();
    await house.settled();
    await expect.poll(() => house.page.locator('.count').allInnerTexts()).toEqual(['2 alerts nobody has taken', '2 new']);
    await house.go('/cases');
    await expect.poll(() => house.page.locator('.views button').allInnerTexts()).toEqual(['All', 'New']);
  });

  it('counts what waits, and leads there', async () => {
    await house.log_in();
    await house.settled();
    await expect.poll(() => house.page.locator('.count').allInnerTexts()).toEqual([
      '2 alerts nobody has taken', '1 overdue', '2 new', '1 of yours',
    ]);
    await house.page.locator('.count').nth(1).click();
    await house.page.getByRole('button', { name: 'Overdue', pressed: true }).waitFor();
    await house.page.locator('.row').first().waitFor();
    await expect.poll(() => house.page.locator('.row .code').allInnerTexts()).toEqual(['7K4-921']);
  });
});

describe('a case', () => {
  it("is opened by the reader's key alone, and shown as text whatever it is", async () => {
    await house.log_in();
    const cryptography = (): boolean => house.asked.some((one) => one.includes('keyring'));
    await house.go('/cases');
    expect(cryptography()).toBe(false);
    await house.go(`/cases/${data.spoken_case}`);
    expect(await text()).not.toContain('script');
    await house.open_key();
    expect(cryptography()).toBe(true);
    const words = house.page.locator('.words').first();
    await words.waitFor();
    expect(await words.textContent()).toBe(data.hostile_text.replace('\u202E', '[U+202E]').replace('\u202C', '[U+202C]'));
    expect(await words.getAttribute('dir')).toBe('auto');
    expect(await words.locator('*').count()).toBe(0);
    expect(await house.page.evaluate(() => 'was_run' in window)).toBe(false);
    expect(await house.page.locator('h1 bdi').innerText()).toBe('7K4-921');
    expect(await house.page.locator('.part-shut').innerText()).toContain('it was changed, or is not whole');
  });

  it('plays its recording, and says of each other one why there is nothing to play', async () => {
    await house.log_in();
    await house.go(`/cases/${data.spoken_case}`);
    await house.open_key();
    const recordings = house.page.locator('.recording');
    await recordings.nth(0).locator('button').click();
    const audio = recordings.nth(0).locator('audio');
    await audio.waitFor();
    const heard = await audio.evaluate(async (player: HTMLAudioElement) => {
      await player.play();
      await new Promise((done) => player.addEventListener('ended', done, { once: true }));
      return player.duration;
    });
    expect(heard).toBeCloseTo(0.05, 3);
    expect(await recordings.locator('.note').allInnerTexts()).toEqual([
      expect.stringMatching(/^Not here: .?it never arrived/),
      'Still on its way from the provider. The page says when something is new.',
      'Deleted: its worker wanted it so, or its time was over.',
    ]);
    expect(await recordings.locator('button').count()).toBe(0);
  });

  it('opens by passphrase', async () => {
    await house.log_in();
    await house.go(`/cases/${data.told_case}`);
    await house.page.locator('input[name=files]').setInputFiles([
      { name: 'maria.member', mimeType: 'text/plain', buffer: Buffer.from(data.keys.member.file) },
      { name: 'fair-food.2.shares', mimeType: 'text/plain', buffer: Buffer.from(data.keys.circle.shares_file) },
    ]);
    await house.page.locator('input[name=secret]').fill(data.keys.member.passphrase);
    await house.page.locator('.sealed button[type=submit]').click();
    await house.page.locator('.timeline .words').first().waitFor({ timeout: 90_000 });
    expect(await house.page.locator('.words').nth(1).textContent()).toBe('Mensaje 2');
  });

  it('stays shut to a wrong code, and names the group', async () => {
    await house.log_in();
    await house.go(`/cases/${data.told_case}`);
    await house.page.locator('input[name=files]').setInputFiles([
      { name: 'maria.member', mimeType: 'text/plain', buffer: Buffer.from(data.keys.member.file) },
      { name: 'fair-food.2.shares', mimeType: 'text/plain', buffer: Buffer.from(data.keys.circle.shares_file) },
    ]);
    await house.page.locator('.sealed button.plain').click();
    await house.page.locator('input[name=secret]').fill('59232 60599 23277 31195 22047 27834 12928 89520 72507 09351');
    await house.page.locator('.sealed button[type=submit]').click();
    await house.page.locator('.sealed .note-bad').waitFor();
    expect(await house.page.locator('.sealed .note-bad').innerText()).toMatch(/group .?2.?\./);
    expect(await house.page.locator('.timeline').count()).toBe(0);
  });

  it('leaves nothing behind, and nothing of it was sent', async () => {
    await house.log_in();
    await house.go(`/cases/${data.spoken_case}`);
    await house.open_key();
    await house.page.locator('.words').first().waitFor();
    const kept = await house.page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await caches.keys()).length,
      (await indexedDB.databases()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]);
    expect(kept).toEqual([0, 0, 0, 0, 0]);
    expect(house.mock.said.filter((one) => one.method !== 'GET').map((one) => one.path)).toEqual(['/api/v1/login']);
    await house.page.getByRole('button', { name: 'Lock now' }).click();
    await house.page.locator('input[name=secret]').waitFor();
    expect(await house.page.locator('.words').count()).toBe(0);
  });
});

describe('alerts', () => {
  it('are taken with one press, and a refusal is said', async () => {
    await house.log_in();
    await house.go('/alerts');
    await house.page.getByRole('button', { name: /I have it.*7K4-921/ }).click();
    await house.page.getByText('You have it.').waitFor();
    await house.page.getByRole('button', { name: /I have it.*9R1-404/ }).click();
    await house.page.getByText('jean has 9R1-404 already').waitFor();
    const takes = house.mock.said.filter((one) => one.path.includes('/take'));
    expect(takes.map((one) => one.guarded)).toEqual([true, true]);
  });
});

/** Lets minutes pass until `seen`: a slow page may set its timer only after the first of them. */
async function minutes_until(seen: () => Promise<void>) {
  for (let left = 3; ; --left) {
    await house.page.clock.fastForward('01:01');
    try {
      return await seen();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

describe('what was fetched', () => {
  it('is fetched anew every minute where nothing is told, and says so when it is old', async () => {
    house.mock.tells_news = false;
    await house.page.clock.install();
    await house.page.reload();
    await house.log_in();
    await house.go('/alerts');
    await expect.poll(() => house.page.locator('.card').count()).toBe(2);
    house.mock.alerts = house.mock.alerts.slice(0, 1);
    await minutes_until(() => house.page.locator('.card').nth(1).waitFor({ state: 'detached', timeout: 3000 }));
    house.mock.silent = true;
    await minutes_until(() => house.page.getByText('the server does not answer').waitFor({ timeout: 3000 }));
    await expect.poll(() => house.page.locator('.card').count()).toBe(1);
  });
});

describe('the roster', () => {
  it('tells who would be called', async () => {
    await house.log_in();
    await house.go('/on-call');
    expect(await house.page.locator('.steps').innerText()).toMatch(/jean[\s\S]*maria/);
    await house.page.locator('select[name=urgency]').selectOption('P3');
    await house.page.locator('input[name=at]').fill('2026-11-22T03:00');
    await house.page.getByRole('button', { name: 'Show' }).click();
    await house.page.getByText('After that nobody is told again.').waitFor();
    expect(house.mock.said.filter((one) => one.path.includes('urgency=P3&at=2026-11-22T03%3A00')).length).toBe(1);
  });
});

describe('a role', () => {
  it('is asked for nothing that it may not see: a refusal would stand in the audit', async () => {
    house.mock.roles = ['auditor'];
    await house.log_in();
    await house.settled();
    await expect.poll(() => house.page.locator('nav a').allInnerTexts()).toEqual(['Today', 'People', 'Log', 'Logins']);
    await house.go('/people');
    expect(await house.page.locator('.fingerprint').innerText()).toContain('f895 e0f6');
    const asked = house.mock.said.map((one) => one.path.split('?')[0]).filter((path) => path?.startsWith('/api/'));
    expect([...new Set(asked)].sort()).toEqual(['/api/v1/login', '/api/v1/session', '/api/v1/users']);
  });
});

describe('leaving', () => {
  it('quick exit empties the page and ends the login', async () => {
    await house.log_in();
    await house.page.getByRole('button', { name: 'Quick exit' }).click();
    await house.page.waitForURL('about:blank');
    await expect.poll(() => house.mock.logged_in).toBe(false);
  });

  it('Escape twice does the same', async () => {
    await house.log_in();
    await house.page.evaluate(() => {
      for (let i = 0; i < 2; ++i) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      }
    });
    await house.page.waitForURL('about:blank');
    await expect.poll(() => house.mock.logged_in).toBe(false);
  });

  it('ten minutes without a touch close what was opened', async () => {
    await house.page.clock.install();
    await house.page.reload();
    await house.log_in();
    await house.go(`/cases/${data.told_case}`);
    await house.open_key();
    await house.page.clock.fastForward('09:00');
    await expect.poll(() => house.page.locator('.timeline').count()).toBe(1);
    await house.page.clock.fastForward('02:00');
    await house.page.locator('input[name=password]').waitFor();
    expect(await text()).toContain('ten minutes');
    await expect.poll(() => house.mock.logged_in).toBe(false);
    await house.log_in(); // and is where one was, with the key to be opened anew
    await house.page.locator('input[name=secret]').waitFor();
    expect(await house.page.locator('.timeline').count()).toBe(0);
  });

  it('a page that the browser keeps for coming back holds no key', async () => {
    await house.log_in();
    await house.go(`/cases/${data.told_case}`);
    await house.open_key();
    await house.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await house.page.locator('input[name=secret]').waitFor();
    expect(await house.page.locator('.timeline').count()).toBe(0);
  });

  it('another login is ended from the list', async () => {
    await house.log_in();
    await house.go('/logins');
    await house.page.getByRole('button', { name: /End it/ }).click();
    await house.page.waitForFunction(() => document.querySelectorAll('.card').length === 1);
    expect(house.mock.logins.map((one) => one.this)).toEqual([true]);
  });
});
