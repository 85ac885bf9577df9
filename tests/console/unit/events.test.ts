// Events are whole or wait, however the network cuts them.
import { expect, it } from 'vitest';

import { EventReader, type ServerEvent } from '../../../gateway/console/web/src/api/events';

const wire = 'retry: 5000\nid: 1-0\nevent: ready\ndata: {}\n\n:\n\nid: 2-0\nevent: changed\ndata: {"cases":["é"]}\n\n';
const whole: readonly ServerEvent[] = [
  { id: '1-0', name: 'ready', data: '{}' },
  { id: '2-0', name: 'changed', data: '{"cases":["é"]}' },
];

it.each([1, 2, 3, 7, 1000])('are read from pieces of %i bytes', (size) => {
  const heard: ServerEvent[] = [];
  const reader = new EventReader((event) => heard.push(event));
  const bytes = new TextEncoder().encode(wire);
  for (let at = 0; at < bytes.length; at += size) {
    reader.feed(bytes.slice(at, at + size));
  }
  expect(heard).toEqual(whole);
});

it('takes nothing that has no end', () => {
  const heard: ServerEvent[] = [];
  const reader = new EventReader((event) => heard.push(event));
  reader.feed(new TextEncoder().encode('event: changed\ndata: {}'));
  expect(heard).toEqual([]);
  expect(() => reader.feed(new Uint8Array(1 << 17).fill(97))).toThrow();
});
