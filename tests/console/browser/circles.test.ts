// A report that is sealed to fewer people than the others: who has no key of its circle is told so, and nothing looks broken.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { spoken_case, told_case } from '../mock/data';
import { House, usual } from './browser';

describe('a report of another circle', () => {
  const house = new House();
  beforeAll(async () => {
    await house.open(usual);
    await house.log_in();
    const work = house.mock.work.get(told_case);
    if (work !== undefined) {
      work.circle = 'packing-shed-assault';
    }
    await house.go(`/cases/${spoken_case}`);
    await house.open_key();
  });
  afterAll(() => house.close());

  it('says whose it is, in words, and offers to open the shares of that circle', async () => {
    await house.go(`/cases/${told_case}`);
    await house.page.locator('.sealed').waitFor();
    const said = await house.page.locator('.sealed').innerText();
    expect(said).toContain('This report is for fewer people');
    expect(said).toContain('packing-shed-assault');
    expect(await house.page.locator('.sealed input[name=files]').count()).toBe(1);
    expect(await house.page.locator('.timeline').count()).toBe(0);
    expect(await house.page.locator('.note-bad').count()).toBe(0);
    await house.photograph('case-other-circle');
    expect(await house.barriers()).toEqual([]);
    expect(house.faults).toEqual([]);
  });

  it('leaves the others open', async () => {
    await house.go(`/cases/${spoken_case}`);
    await house.page.locator('.timeline').waitFor();
    expect(await house.page.locator('.sealed').count()).toBe(0);
  });
});
