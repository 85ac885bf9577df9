// A worker tells somebody of the team: their words are sealed here, saved once, and answered with a number that is shown once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { from_base64 } from '../../../gateway/console/web/src/crypto/bytes';
import { open_part } from '../../../gateway/console/web/src/crypto/case_parts';
import { MemberFile } from '../../../gateway/console/web/src/crypto/member';
import { recovery_bytes } from '../../../gateway/console/web/src/crypto/recovery_code';
import { Shares } from '../../../gateway/console/web/src/crypto/shares';
import * as data from '../mock/data';
import { worker_code } from '../mock/intake';
import { House, usual } from './browser';

let house: House;
beforeEach(async () => {
  house = new House();
  await house.open(usual);
  house.mock.roles = ['intake'];
  await house.log_in();
  await house.settled();
  await house.page.getByRole('link', { name: 'Enter a report for a worker' }).click();
  await house.page.locator('textarea[name=answer-story]').waitFor();
});
afterEach(async () => {
  const { faults } = house;
  await house.close();
  expect(faults).toEqual([]);
});

const shown_code = worker_code.replace(/.{4}(?=.)/g, '$& ');
const button = (name: string | RegExp) => house.page.getByRole('button', { name });
const said = (words: string): Promise<void> => house.page.getByText(words).first().waitFor();
const story = () => house.page.locator('textarea[name=answer-story]');
const text = (): Promise<string> => house.page.locator('body').innerText();

async function fill(): Promise<void> {
  await house.page.locator('input[name=danger]').first().check();
  await house.page.locator('select[name=family]').selectOption('wages');
  await story().fill('Pedro keeps our papers');
}

/// What the circle reads of it.
function opened(place: number): { name: string; text: string }[] {
  const report = house.mock.intake.entered[place];
  const member = new MemberFile(data.keys.member.file).open(recovery_bytes(data.keys.member.code), 'recovery');
  const circle = new Shares(data.keys.circle.shares_file).open(member);
  return (report?.parts ?? []).map((part) => {
    const { name, text } = open_part(circle, data.program, report?.id ?? '', from_base64(part) ?? new Uint8Array());
    return { name, text };
  });
}

describe('a report that is entered', () => {
  it('is sealed before it leaves, saved once, and its number is shown once', async () => {
    await fill();
    await button('Seal and save it').dblclick();
    await said('Saved: report');
    expect(await text()).toContain(shown_code);
    expect(house.mock.intake.came).toBe(1);
    expect(opened(0)).toEqual([{ name: 'story', text: 'Pedro keeps our papers' }]);
    expect(house.mock.intake.entered[0]).toMatchObject({ family: 'wages', danger: false, language: 'en', call: '3fa9c2d1' });
    expect(JSON.stringify(house.mock.intake.entered) + JSON.stringify(house.mock.said)).not.toContain('Pedro');
    await house.go('/cases'); // a slip of the finger
    await house.go('/enter');
    expect(await text()).toContain(shown_code);
    expect(await house.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await button('The worker has it: hide it').click();
    await story().waitFor();
    expect(await house.page.content()).not.toContain(shown_code);
    expect(await story().inputValue()).toBe('');
  });

  it('has its number held against what the worker reads back', async () => {
    await fill();
    await button('Seal and save it').click();
    const back = house.page.locator('input[name=read-back]');
    await back.fill('4281 1703 5969');
    await said('Read it out again.');
    await back.fill('4281 1703 5966');
    await said('That is the number.');
  });

  it('is of a call that one took, when one says so; a call that has its report is named with it and cannot be picked', async () => {
    const calls = house.page.locator('select[name=call]');
    expect(await calls.locator('option:disabled').innerText()).toContain('(7K4-921)');
    expect(await calls.inputValue()).toBe('3fa9c2d1'); // that one is in
    await fill();
    await calls.selectOption('');
    await button('Seal and save it').click();
    await said('Saved: report');
    expect(house.mock.intake.entered[0]).toMatchObject({ call: '' });
  });

  it('stands beside a call that one is in, which a colleague is asked to take over, each time anew', async () => {
    house.mock.roles = ['monitor'];
    await house.page.reload();
    await house.page.getByText('hand it on').click();
    const colleague = house.page.locator('select[name=colleague]');
    await colleague.selectOption('ana');
    await button('Ring them').click();
    await said('nobody of the roster who may be asked into this call has this name');
    await colleague.selectOption('jean');
    await button('Ring them').dblclick();
    await said('The phone of \u2068jean\u2069 is to ring.');
    expect(await house.barriers()).toEqual([]);
    await house.photograph('enter-hand-on');
    await button('Ring them').click();
    await house.settled();
    expect(new Set(house.mock.intake.handed_on)).toEqual(new Set(['3fa9c2d1 jean']));
    expect(house.mock.intake.came).toBe(0);
  });

  it('says what is missing, and keeps nothing', async () => {
    await story().fill('Pedro keeps our papers');
    await house.page.locator('main form').evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await button('Seal and save it').click();
    await said('Say whether there is danger, and what it is about. Nothing was kept.');
    await fill();
    await story().fill('   ');
    await button('Seal and save it').click();
    await said('Without the worker’s words there is no report.');
    await story().fill('ñ'.repeat(4_001));
    await button('Seal and save it').click();
    await said('One answer is too long.');
    expect(house.mock.intake.came).toBe(0);
  });

  it('asks in the language of the worker, and keeps what was written meanwhile', async () => {
    await story().fill('Pedro tiene los papeles');
    await house.page.locator('select[name=spoken]').selectOption('es');
    await said('Cuéntanos qué pasó.');
    expect(await story().inputValue()).toBe('Pedro tiene los papeles');
    expect(await house.page.getByText('Cuéntanos qué pasó.').getAttribute('lang')).toBe('es');
    await house.page.locator('input[name=danger]').last().check();
    await house.page.locator('select[name=family]').selectOption('violence');
    await button('Seal and save it').click();
    await said('Saved: report');
    expect(house.mock.intake.entered[0]).toMatchObject({ family: 'violence', danger: true, language: 'es' });
  });
});

describe('an answer that does not come', () => {
  it('leaves a doubt that is told, and the same report is asked for again', async () => {
    house.mock.intake.broken = 1;
    await fill();
    await button('Seal and save it').click();
    await said('The server did not say whether it was saved.');
    expect(await text()).not.toContain('Saved: report');
    await house.go('/cases');
    await house.go('/enter');
    await button('Ask again').dblclick();
    await said('Saved: report');
    expect(house.mock.intake.entered.length).toBe(1);
    expect(house.mock.intake.came).toBe(2);
  });

  it('of a report that is there takes its number along, and is told so; a new one has a number', async () => {
    house.mock.intake.lost = 1;
    await fill();
    await button('Seal and save it').click();
    await said('The server did not say whether it was saved.');
    await button('Ask again').click();
    await said('nobody can show it again');
    await house.photograph('enter-without-number');
    expect(await house.barriers()).toEqual([]);
    await button('Enter it again, as a new report').click();
    await button('Seal and save it').click();
    await said('Saved: report');
    expect(new Set(house.mock.intake.entered.map((one) => one.id)).size).toBe(2);
    expect(opened(1)).toEqual(opened(0));
    expect(house.mock.intake.entered.map((one) => one.call)).toEqual(['3fa9c2d1', '']); // a call has one report
  });

  it('takes nothing along when the login ends', async () => {
    await fill();
    await house.page.locator('footer button').click();
    await house.page.locator('input[name=password]').waitFor();
    await house.log_in(); // one is where one was
    await story().waitFor();
    expect(await story().inputValue()).toBe('');
  });
});
