// What calls play: recorded in the page, brought as a file, heard and judged by somebody else, taken elsewhere.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { sounds_in } from '../../../gateway/console/web/src/words/parcel';
import { hash_of, missing_line, tone, waiting_line } from '../mock/prompts';
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
const said = (words: string | RegExp): Promise<void> => house.page.getByText(words).first().waitFor();
const line = (name: string) => house.page.locator(`li[id="line-${name}"]`);

async function open(name = missing_line): Promise<void> {
  await house.go('/prompts');
  await button(/Show .*Sotho/).click();
  await line(name).waitFor();
}

const rate_of = (sound: Uint8Array): number => new DataView(sound.buffer, sound.byteOffset).getUint32(24, true);

it('records a line with the microphone, lets its reader hear it, and sends it then', async () => {
  await open();
  await line(missing_line).getByText('Record this line…').click();
  await button('Begin to record').click();
  await button(/Stop/).waitFor();
  await house.page.waitForTimeout(2500); // it beeps once a second
  await button(/Stop/).click();
  await line(missing_line).locator('audio').waitFor();
  expect(house.mock.prompts.brought).toEqual([]);
  await button('Keep it').click();
  await said('It is kept. Somebody else must listen');
  const [brought] = house.mock.prompts.brought;
  expect(brought).toMatchObject({ name: missing_line, way: 'browser' });
  expect(rate_of(brought?.sound ?? new Uint8Array(44))).toBe(8000);
  expect(Buffer.from(brought?.sound.slice(0, 4) ?? []).toString()).toBe('RIFF');
  expect(brought?.sound.length).toBeGreaterThan(16_000); // a second and more
  await said(/recorded by .*maria/);
});

it('is told that somebody else must listen to what it recorded itself', async () => {
  await open();
  await line(missing_line).getByText('Record this line…').click();
  await line(missing_line).locator('input[type=file]').setInputFiles({ name: 'take.wav', mimeType: 'audio/wav', buffer: Buffer.from(tone(440, 44_100)) });
  await button('Keep it').click();
  await said('It is kept. Somebody else must listen');
  expect(house.mock.prompts.brought[0]?.way).toBe('file');
  await line(missing_line).getByRole('button', { name: 'Listen to the take' }).click();
  await said('You recorded this one');
  expect(await button('It is good: let calls play it').count()).toBe(0);
});

it('says why nothing can be recorded, and takes a file all the same', async () => {
  await open();
  await house.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await line(missing_line).getByText('Record this line…').click();
  await button('Begin to record').click();
  await said('may not use the microphone');
  await house.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  });
  await button('Begin to record').click();
  await said('There is no microphone here');
  const file = line(missing_line).locator('input[type=file]');
  await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') });
  await said('cannot read this sound');
  await file.setInputFiles({ name: 'silence.wav', mimeType: 'audio/wav', buffer: Buffer.from(tone(0)) });
  await said('Nothing is to be heard in it');
  await file.setInputFiles({ name: 'take.wav', mimeType: 'audio/wav', buffer: Buffer.from(tone(440)) });
  await button('Keep it').waitFor();
  expect(await house.page.getByRole('alert').getByText(/cannot|Nothing/).count()).toBe(0);
});

it('approves the take that was heard, and nothing before it was heard', async () => {
  await open(waiting_line);
  const it_is_good = line(waiting_line).getByRole('button', { name: 'It is good: let calls play it' });
  expect(await it_is_good.count()).toBe(0);
  await said(/Listen for this: .*too quiet/);
  await line(waiting_line).getByRole('button', { name: 'Listen to the take' }).click();
  await it_is_good.dblclick();
  await said('Approved. Calls play it within a quarter of an hour.');
  expect(house.mock.prompts.judged).toEqual([`approve ${waiting_line}`]);
  await line(waiting_line).getByText('Approved just now').waitFor();
});

it('approves none that was recorded again meanwhile', async () => {
  await open(waiting_line);
  await line(waiting_line).getByRole('button', { name: 'Listen to the take' }).click();
  await line(waiting_line).getByRole('button', { name: 'It is good: let calls play it' }).waitFor();
  house.mock.prompts.post('st', waiting_line, 'take', new URLSearchParams({ words: house.mock.prompts.lines['st']?.[1]?.words ?? '' }), tone(700));
  await line(waiting_line).getByRole('button', { name: 'It is good: let calls play it' }).click();
  await said('listen to that one');
  expect(house.mock.prompts.judged).toEqual([]);
});

it('sends a take back with a reason', async () => {
  await open(waiting_line);
  await line(waiting_line).getByRole('button', { name: 'Listen to the take' }).click();
  await line(waiting_line).getByText('It must be recorded again…').click();
  await line(waiting_line).locator('input[name=why]').fill('a door slams');
  await button('Have it recorded again').click();
  await said('Whoever records it sees what you wrote.');
  expect(house.mock.prompts.judged).toEqual([`reject ${waiting_line} a door slams`]);
  await said(/is to be recorded again: .*a door slams/);
});

it('shows those of one state, and one line from the table, by keyboard alone', async () => {
  await open();
  expect(await house.page.locator('li[id^=line-]').count()).toBe(4);
  await house.page.locator('section select').selectOption('waiting');
  expect(await house.page.locator('li[id^=line-]').count()).toBe(1);
  await house.page.locator('main summary').first().focus();
  await house.page.keyboard.press('Enter');
  await button(/hotline.main.menu.0, .*Sotho.*: missing \+ waiting/).focus();
  await house.page.keyboard.press('Enter');
  await button('Show all lines of this language').waitFor();
  expect(await house.page.locator('li[id^=line-]').count()).toBe(1);
});

it('takes the recordings of a language elsewhere, and brings them in there', async () => {
  await house.go('/prompts');
  await button(/Show .*English/).click();
  await house.page.getByText(/Take recordings of .*English/).click();
  const download = house.page.waitForEvent('download');
  await button('Make a file of 2 recordings').click();
  const path = await (await download).path();
  const parcel = new Uint8Array(readFileSync(path));
  const sounds = sounds_in(parcel, 'en') ?? [];
  expect(sounds.map((one) => one.name)).toEqual(['common.welcome.0', waiting_line]);
  expect(hash_of(sounds[0]?.sound ?? new Uint8Array())).toBe(hash_of(tone(330)));

  // Where the words of one of them are others.
  house.mock.prompts.lines = { ...house.mock.prompts.lines, en: (house.mock.prompts.lines['en'] ?? []).map((one) => (one.name === waiting_line ? { ...one, words: '0000000000000000' } : one)) };
  await house.go('/');
  await house.go('/prompts');
  await button(/Show .*English/).click();
  await house.page.getByText(/Take recordings of .*English/).click();
  await house.page.locator('details[open] input[type=file]').setInputFiles({ name: 'en.tar', mimeType: 'application/x-tar', buffer: Buffer.from(parcel) });
  await said(/1 take is kept/);
  await said(`${waiting_line}: it says other words`);
  expect(house.mock.prompts.brought.map((one) => one.name)).toEqual(['common.welcome.0']);
});
