// Sounds and parcels of them: the bytes that other programs read, and bytes that others made.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { parcel_of, sounds_in } from '../../../gateway/console/web/src/words/parcel';
import { UnfitSound, longest_seconds, must_be_fit, name_of, wave_of } from '../../../gateway/console/web/src/words/wave';

const sound = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, i) => i % 251);
const line = (name: string, size: number) => ({ name, words: 'a1b2c3d4e5f60718', text: 'Press 1\tor\n2.', length_ms: 2400, sound: sound(size) });

function in_folder(act: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'console-parcel-'));
  try {
    act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('makes a parcel that tar unpacks into the folder that the command line brings in', () => {
  in_folder((folder) => {
    writeFileSync(join(folder, 'st.tar'), parcel_of('st', [line('hotline.main.menu.0', 1000), line('common.leave.0', 512)]));
    execFileSync('tar', ['-xf', 'st.tar'], { cwd: folder });
    expect(new Uint8Array(readFileSync(join(folder, 'st/hotline.main.menu.0.wav')))).toEqual(sound(1000));
    expect(new Uint8Array(readFileSync(join(folder, 'st/common.leave.0.wav')))).toEqual(sound(512));
    expect(readFileSync(join(folder, 'st/manifest.tsv'), 'utf8')).toBe(
      'hotline.main.menu.0\ta1b2c3d4e5f60718\t2400\tPress 1 or 2.\ncommon.leave.0\ta1b2c3d4e5f60718\t2400\tPress 1 or 2.\n',
    );
  });
});

it('reads a parcel that tar made, and only the language that is asked for', () => {
  in_folder((folder) => {
    writeFileSync(join(folder, 'one.tar'), parcel_of('st', [line('common.leave.0', 700)]));
    execFileSync('tar', ['-xf', 'one.tar'], { cwd: folder });
    execFileSync('tar', ['-cf', 'again.tar', './st'], { cwd: folder });
    const again = new Uint8Array(readFileSync(join(folder, 'again.tar')));
    expect(sounds_in(again, 'st')).toEqual([{ name: 'common.leave.0', words: 'a1b2c3d4e5f60718', sound: sound(700) }]);
    expect(sounds_in(again, 'en')).toEqual([]);
  });
});

it('knows what is no parcel, cut off, or claims to be larger than it is', () => {
  const whole = parcel_of('st', [line('common.leave.0', 5000)]);
  expect(sounds_in(new TextEncoder().encode('<html>'), 'st')).toBeUndefined();
  expect(sounds_in(new Uint8Array(2048), 'st')).toBeUndefined();
  expect(sounds_in(new Uint8Array(2048).fill(65), 'st')).toBeUndefined();
  expect(sounds_in(whole.slice(0, 3000), 'st')).toBeUndefined();
  const backwards = whole.slice();
  backwards.set(new TextEncoder().encode('-0000001000\0'), 124);
  expect(sounds_in(backwards, 'st')).toBeUndefined();
});

it('writes a WAV of one channel and sixteen bits, and cuts off what is too loud for it', () => {
  const bytes = wave_of(Float32Array.from([0, 0.5, -0.5, 2, -2]), 8000);
  const view = new DataView(bytes.buffer);
  expect([...'RIFF'].map((c) => c.charCodeAt(0))).toEqual([...bytes.slice(0, 4)]);
  expect(view.getUint32(4, true)).toBe(bytes.length - 8);
  expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([1, 1, 8000, 16]);
  expect([44, 46, 48, 50, 52].map((at) => view.getInt16(at, true))).toEqual([0, 16384, -16383, 32767, -32767]);
});

it('says what is silent and what is too long before it is sent', () => {
  expect(() => must_be_fit(new Float32Array(8000), 8000)).toThrow(new UnfitSound('sound_silent'));
  expect(() => must_be_fit(new Float32Array(longest_seconds * 8000 + 1).fill(0.5), 8000)).toThrow(new UnfitSound('sound_long'));
  expect(() => must_be_fit(new Float32Array(longest_seconds * 8000).fill(0.5), 8000)).not.toThrow();
  expect(wave_of(new Float32Array(longest_seconds * 8000), 8000).length).toBeLessThan(1 << 20); // what the server takes
});

it('names a sound as the server does', async () => {
  expect(await name_of(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
