// The login page on a slow phone and a thin line: how long until it answers a finger. The budget names no round trip, so there
// is none here; tests/console/README.md has the figures with one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { House, usual } from './browser';

const bits_a_second = 400_000;
const times_slower = 4; // the processor
const budget_ms = 3_000;
const tries = 10; // another's compiler may have the machine; a page that is too slow is so every time

/// From the moment that the address was asked for until a letter that was typed stands in the first field, the button can be
/// pressed, and nothing is left to run.
async function ms_until_it_answers(house: House): Promise<number> {
  const begun = performance.now();
  await house.page.goto(`${house.origin}/?language=en`, { waitUntil: 'commit' });
  await house.page.locator('input[name=name]').pressSequentially('m');
  await house.page.locator('button[type=submit]:enabled').waitFor();
  await house.page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  return performance.now() - begun;
}

async function slow_down(house: House): Promise<void> {
  const wire = await house.page.context().newCDPSession(house.page);
  const rate = bits_a_second / 8;
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  await wire.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: Number(process.env['ROUND_TRIP_MS'] ?? 0),
    downloadThroughput: rate,
    uploadThroughput: rate,
  });
  await wire.send('Emulation.setCPUThrottlingRate', { rate: times_slower });
}

describe('on a slow phone', () => {
  const house = new House();
  beforeAll(() => house.open(usual));
  afterAll(() => house.close());

  it('the login page answers within its budget', async () => {
    await slow_down(house);
    const took: number[] = [];
    do {
      took.push(Math.round(await ms_until_it_answers(house)));
    } while (Math.min(...took) >= budget_ms && took.length < tries);
    console.log(`the login page answered after ${took.join(', ')} ms, of ${budget_ms}`);
    expect(Math.min(...took)).toBeLessThan(budget_ms);
  });
});
