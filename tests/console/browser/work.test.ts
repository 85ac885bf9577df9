// What a monitor does with a case, each thing once, each in its own box; and what must not happen meanwhile.
import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { from_base64, to_utf8 } from '../../../gateway/console/web/src/crypto/bytes';
import type { Work } from '../mock/work';
import * as data from '../mock/data';
import { House, usual } from './browser';

let house: House;
let work: Work;
beforeEach(async () => {
  house = new House();
  await house.open(usual);
  work = house.mock.work.get(data.spoken_case) as Work;
  await house.log_in();
  await house.go(`/cases/${data.spoken_case}`);
});
afterEach(async () => {
  const { faults } = house;
  await house.close();
  expect(faults).toEqual([]);
});

const button = (name: string | RegExp) => house.page.getByRole('button', { name });
const said = (words: string): Promise<void> => house.page.getByText(words).first().waitFor();

describe('writing', () => {
  it('is there only with an open key, one box at a time', async () => {
    expect(await button('To the worker…').count()).toBe(0);
    await house.open_key();
    await button('A note for the team…').click();
    await house.page.locator('textarea[name=note]').waitFor();
    await button('To the worker…').click();
    await house.page.locator('textarea[name=reply]').waitFor();
    await expect.poll(() => house.page.locator('textarea').count()).toBe(1);
  });

  it('a reply is refused with what others may read, looked over, and sent once, sealed for the worker', async () => {
    await house.open_key();
    await button('To the worker…').click();
    const words = house.page.locator('textarea[name=reply]');
    await words.fill('Call 305 555 0100, says the union');
    await button('Look it over').click();
    await said('looks like a phone number');
    await said('never shows');
    await words.fill('We read it. Did Pedro see it?');
    await button('Look it over').click();
    await said('The worker will read exactly this');
    await button('Send it to the worker').click({ force: true }); // it says that it is not to be pressed yet
    expect(work.replies.length).toBe(0);
    await house.page.getByRole('checkbox', { name: /meant so/ }).check();
    await button('Send it to the worker').dblclick();
    await said('waits for the worker');
    expect(work.replies.length).toBe(1);
    const [reply] = work.replies;
    const context = `${data.program}|${data.spoken_case}|reply|${reply?.id}`;
    const read = work.mailbox.open_part(context, from_base64(reply?.for_mailbox ?? '') ?? new Uint8Array());
    expect(to_utf8(read)).toBe('We read it. Did Pedro see it?');
    await house.page.locator('.part.box-worker', { hasText: 'We read it. Did Pedro see it?' }).waitFor();
    expect(JSON.stringify(house.mock.said)).not.toContain('Pedro');
  });

  it('a ready answer is picked, is said to be heard or not, and goes with its key, sealed as any words', async () => {
    await house.open_key();
    await button('To the worker…').click();
    const ready = house.page.locator('select[name=answer]');
    await ready.selectOption('wait');
    await said('whoever calls hears that a message waits');
    await ready.selectOption('safe');
    await said('by a machine’s voice');
    await ready.selectOption('more');
    await said('hears its recording, in their language too');
    expect(await house.page.locator('textarea').count()).toBe(0);
    await button('Look it over').click();
    await said('Tanpri di nou plis');
    await button('Send it to the worker').click();
    await said('waits for the worker');
    expect(work.replies.length).toBe(1);
    const [reply] = work.replies;
    const context = `${data.program}|${data.spoken_case}|reply|${reply?.id}`;
    const sealed = from_base64(reply?.for_mailbox ?? '') ?? new Uint8Array();
    expect(to_utf8(work.mailbox.open_part(context, sealed))).toBe(`\u0001more\u0001${data.answers[0]?.words}`);
    await house.page.locator('.part.box-worker', { hasText: 'A ready answer' }).waitFor();
    expect(Object.keys(reply ?? {}).sort()).toEqual(['for_circle', 'for_mailbox', 'id']);
    const lengths = new Set<number>([sealed.length]);
    await button('To the worker…').click();
    await house.page.locator('textarea[name=reply]').fill('We read it.');
    await button('Look it over').click();
    await button('Send it to the worker').click();
    await expect.poll(() => work.replies.length).toBe(2);
    lengths.add((from_base64(work.replies[1]?.for_mailbox ?? '') ?? new Uint8Array()).length);
    expect(lengths.size).toBe(1);
  });

  it('a reply whose answer was lost is sent again as the same', async () => {
    await house.open_key();
    await button('To the worker…').click();
    await house.page.locator('textarea[name=reply]').fill('We read it.');
    await button('Look it over').click();
    work.lost = 1;
    await button('Send it to the worker').click();
    await said('The server is busy');
    await button('Send it to the worker').click();
    await said('waits for the worker');
    expect(work.replies.length).toBe(1);
    expect(work.keys.length).toBe(2);
    expect(new Set(work.keys).size).toBe(1);
  });

  it('a note stays with the team, and is kept once', async () => {
    await house.open_key();
    await button('A note for the team…').click();
    await house.page.locator('textarea[name=note]').fill('The clinic: 305 555 0100');
    await button('Keep the note').dblclick();
    await said('The note is kept');
    expect([work.notes.length, work.replies.length]).toEqual([1, 0]);
    await house.page.locator('.part.box-team', { hasText: 'The clinic: 305 555 0100' }).waitFor();
    expect(await house.page.locator('.part.box-team').innerText()).toContain('for the team');
  });

  it('is kept in memory while one looks elsewhere, and gone with the login', async () => {
    await house.open_key();
    await button('A note for the team…').click();
    await house.page.locator('textarea[name=note]').fill('half a thou');
    await house.go('/alerts');
    await house.go(`/cases/${data.spoken_case}`);
    await button('A note for the team…').click();
    expect(await house.page.locator('textarea[name=note]').inputValue()).toBe('half a thou');
    expect(await house.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    await house.log_in(); // one is where one was
    await house.open_key();
    await button('A note for the team…').click();
    expect(await house.page.locator('textarea[name=note]').inputValue()).toBe('');
  });

  it('says that nothing can be left for who has no number', async () => {
    work.has_mailbox = false;
    await house.open_key();
    await button('To the worker…').click();
    await said('nothing can be left for them');
  });

  it('says that a reply may never be read where the number was not told', async () => {
    work.number_told = false;
    await house.open_key();
    await button('To the worker…').click();
    await said('was not told their number so far');
  });
});

describe('the work on a case', () => {
  it('is taken, given a status whose words one has seen, and handed on', async () => {
    await button('I take it').click();
    await house.page.getByText('With you').first().waitFor();
    await house.page.locator('select[name=status]').selectOption('closed');
    await said('Nuestro trabajo terminó.');
    await said('its clocks end');
    await button('Give it this status').click();
    await said('It has the status now.');
    expect([work.status, work.assignee]).toEqual(['closed', 'maria']);
    await house.page.locator('select[name=holder]').selectOption('jean');
    await button('Give it').last().click();
    await house.page.getByText(/With .?jean/).first().waitFor();
    expect(work.assignee).toBe('jean');
    await expect.poll(() => house.page.locator('select[name=holder]').count()).toBe(0);
  });

  it('is sorted into a category, once one has read what that does', async () => {
    await house.go(`/cases/${data.empty_case}`);
    const sorted = house.mock.work.get(data.empty_case) as Work;
    const select = house.page.locator('select[name=category]');
    await select.selectOption('wages_withheld');
    await said('No category makes a case less urgent');
    await select.selectOption('child_labour');
    await said('Whoever is on call is told at once');
    expect(sorted.category).toBe('');
    await house.photograph('case-category');
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
    await button('Sort it there').dblclick();
    await said('It is sorted.');
    expect(sorted.category).toBe('child_labour');
    await house.page.locator('h1 .urgency-P1').waitFor();
    await house.page.locator('dl.facts dd', { hasText: 'Child labour' }).waitFor();
    await select.selectOption('');
    await button('Sort it there').click();
    await expect.poll(() => sorted.category).toBe('');
    await expect.poll(() => house.page.locator('dl.facts dd', { hasText: 'Child labour' }).count()).toBe(0);
  });

  it('has something to be done set, sealed, with who and until when, and done', async () => {
    await house.open_key();
    await house.page.locator('.tasks summary').click();
    await said('Nothing is to be done.');
    await button('Set it').click();
    expect(work.tasks.length).toBe(0); // until when?
    await house.page.locator('textarea[name=task]').fill('Ask Pedro for the pay slips');
    await house.page.locator('input[name=due]').fill('2026-12-01T09:00');
    await house.page.locator('.tasks select[name=person]').selectOption('jean');
    await button('Set it').dblclick();
    await house.page.locator('.tasks .words', { hasText: 'Ask Pedro for the pay slips' }).waitFor();
    await house.page.locator('.tasks summary', { hasText: '(1)' }).waitFor();
    expect(work.tasks.map((one) => one.person)).toEqual(['jean']);
    expect(JSON.stringify(house.mock.said) + JSON.stringify(work.tasks)).not.toContain('Pedro');
    await house.photograph('case-tasks');
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
    await button('It is done').click();
    await house.page.getByText(/maria.? did it/).waitFor();
    expect(await button('It is done').count()).toBe(0);
  });

  it('shows what it is linked with, and how its worker is since', async () => {
    await said('Reports that belong together with it');
    await house.page.getByText('all is well').waitFor();
    await house.page.getByText('no answer yet').waitFor();
    await house.page.getByRole('link', { name: /9R1-404/ }).click();
    await house.page.locator('h1', { hasText: '9R1-404' }).waitFor();
  });

  it('is linked with another by its name, once, and parted again', async () => {
    const name = house.page.locator('input[name=link]');
    await house.page.getByText('Link with another report…').click();
    await name.fill('1A1-111');
    await button('Link them').click();
    await said('There is no report of this name');
    await name.fill('7k4 921');
    await button('Link them').click();
    await said('That is this very report.');
    await name.fill('3p2118');
    await button('Link them').dblclick();
    await said('They are linked.');
    await expect.poll(() => house.page.locator('.links .code').allInnerTexts()).toEqual(['9R1-404', '9R1-404', '3P2-118', '3P2-118']);
    expect(work.linked).toEqual([data.empty_case, data.told_case]);
    await house.photograph('case-links');
    expect(await house.barriers()).toEqual([]);
    await button(/Part it from.*9R1-404/).click();
    await said('They are parted.');
    expect(work.linked).toEqual([data.told_case]);
  });

  it('says when it is on hold, and who entered it', async () => {
    await house.go(`/cases/${data.told_case}`);
    await said('Nothing of it is deleted for its age');
    await said('Entered by');
  });

  it('says when somebody else was quicker', async () => {
    work.assignee = 'jean';
    await button('I take it').click();
    await said('somebody else has this case by now');
  });

  it('is kept from somebody, and stepped back from', async () => {
    await house.page.getByText('Who may not have it').click();
    await house.page.locator('select[name=out]').selectOption('jean');
    await button('Keep them out').click();
    await said('It is not there for:');
    expect(work.excluded).toEqual(['jean']);
    await button('Step back').click({ force: true });
    expect(work.gone).toBe(false);
    await house.page.locator('input[name=sure]').check();
    await button('Step back').click();
    await house.page.waitForURL(/\/cases$/);
    expect(work.gone).toBe(true);
  });

  it('tells what the worker agreed to, and takes one back after asking', async () => {
    await house.page.getByText('What the worker has agreed to').click();
    await said('They may be sent a neutral text.');
    await button(/They take it back:.*number is kept/).click();
    await said('erased at once');
    expect(work.consents.contact).toBe('relay');
    await button('Yes, the worker asked for it').click();
    await said('They do not want to be reached');
  });

  it('calls its worker, who asked for that, once for a press, and says whose phone rings first', async () => {
    work.consents = { ...work.consents, contact: 'call' };
    await house.page.getByText('What the worker has agreed to').click();
    await said('They asked to be called, at the time that they named.');
    await said('Your own phone rings first.');
    await house.photograph('case-call-back');
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
    work.call_refused = 'it is none of the hours in which its worker said that a call is safe';
    await button('Call them').click();
    await said('it is none of the hours in which its worker said that a call is safe');
    work.call_refused = '';
    await button('Call them').dblclick();
    await said('Your phone rings now.');
    expect(work.calls).toBe(1);
    expect(await button('Call them').count()).toBe(0);
  });

  it.each([
    { contact: 'relay', contact_stopped: false },
    { contact: 'none', contact_stopped: false },
    { contact: 'call', contact_stopped: true },
  ] as const)('offers no call to whom none may go: %o', async (so) => {
    work.consents = { ...work.consents, ...so };
    await house.page.getByText('What the worker has agreed to').click();
    await house.page.locator('.consents li').first().waitFor();
    expect(await button('Call them').count()).toBe(0);
    expect(await house.page.getByText('has said STOP since').count()).toBe(so.contact_stopped ? 1 : 0);
  });

  it('tells what was done, each name in its own direction', async () => {
    await house.page.getByText('What was done to it').click();
    await said('It was filed.');
    const log = await house.page.locator('.log ol').innerText();
    expect(log).toContain('\u2068\u202Eairam\u2069 gave it the status: \u2068being read\u2069');
    expect(log).toContain('noted that its worker took a yes back');
    expect(log).toContain('A recording cannot be brought home: \u2068it is too long');
    expect(log).toContain('something new');
  });
});

describe('a case that is taken out', () => {
  beforeEach(async () => {
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    house.mock.roles = ['supervisor'];
    await house.log_in(); // one is where one was
  });

  it('goes for what its worker agreed to, as a text of what was told and answered, and is noted first', async () => {
    await house.go(`/cases/${data.told_case}`);
    await house.open_key();
    const its = house.mock.work.get(data.told_case) as Work;
    await house.page.getByText('Take it out for others…').click();
    await house.page.locator('select[name=purpose]').selectOption('union');
    await said('Its worker has not said yes to this');
    await button('Open it all and take it out').click({ force: true });
    await house.page.locator('select[name=purpose]').selectOption('employer');
    expect(its.taken_out).toEqual([]);
    const download = house.page.waitForEvent('download');
    await button('Open it all and take it out').dblclick();
    const file = await download;
    expect(file.suggestedFilename()).toBe('3P2-118.txt');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('for: employer, to which its worker agreed. For nobody else.');
    expect(text).toContain('Mensaje 70');
    await said('What went to others already:');
    expect(its.taken_out).toEqual(['employer']);
    await house.photograph('case-taken-out');
    expect(await house.barriers()).toEqual([]);
    expect(await house.overflow()).toBe(0);
  });

  it('does not go when a part of it does not open, and nothing is noted', async () => {
    await house.open_key();
    await house.page.getByText('Take it out for others…').click();
    await house.page.locator('select[name=purpose]').selectOption('employer');
    await button('Open it all and take it out').click();
    await said('Nothing was taken out.');
    expect(work.taken_out).toEqual([]);
  });

  it('does not go when the server says no, or nothing', async () => {
    await house.go(`/cases/${data.told_case}`);
    const its = house.mock.work.get(data.told_case) as Work;
    await house.open_key();
    await house.page.getByText('Take it out for others…').click();
    await house.page.locator('select[name=purpose]').selectOption('employer');
    let files = 0;
    house.page.on('download', () => ++files);
    its.lost = 1;
    await button('Open it all and take it out').click();
    await said('The audit may say that it was taken out');
    its.consents = { ...its.consents, consents: [] }; // taken back meanwhile
    await button('Open it all and take it out').click();
    await said('its worker has not agreed to: employer');
    expect(files).toBe(0);
  });
});

describe('what time will delete', () => {
  const kinds = (): Promise<string[]> => house.page.locator('.time-ahead dd').allInnerTexts();

  it('is told before it does, and kept from it by a hold, which a supervisor sets and ends', async () => {
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    house.mock.roles = ['supervisor'];
    work.status = 'closed';
    await house.log_in(); // one is where one was
    await house.page.getByText('What time will delete, and when').click();
    await said('November 22, 2025');
    expect(await kinds()).toEqual(['over: goes with the next run', 'kept for ever: the program names no time', expect.stringContaining('until')]);
    await button('Put it on hold').dblclick();
    await said('On hold');
    await expect.poll(kinds).toContainEqual('kept while it is on hold; else 30 days after its closing');
    expect(work.held).toBe(true);
    await house.photograph('case-held');
    expect(await house.barriers()).toEqual([]);
    await button('End the hold').click();
    await button('Put it on hold').waitFor();
    expect(work.held).toBe(false);
  });

  it('is told to a monitor, who sets no hold', async () => {
    await house.page.getByText('What time will delete, and when').click();
    await said('It is open, so nothing of it is deleted for its age.');
    expect(await kinds()).toContainEqual('30 days after it is closed');
    expect(await button('Put it on hold').count()).toBe(0);
  });
});
