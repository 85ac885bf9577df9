// A browser, a mock server, and one page that notes what it must never do: ask another origin, break the policy, throw.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

import { Mock } from '../mock/server';
import * as data from '../mock/data';

const screenshots = fileURLToPath(new URL('../../../build/web/screenshots/', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Setting {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly text: number; // per cent
  readonly language: string;
  readonly dark?: boolean;
}

export const usual: Setting = { name: '360', width: 360, height: 740, text: 100, language: 'en' };
export const settings: readonly Setting[] = [
  usual,
  { ...usual, name: '320', width: 320, height: 640 },
  { ...usual, name: '360-twice', text: 200 },
  { ...usual, name: '360-rtl', language: 'pseudo' },
  { ...usual, name: '320-rtl-twice', width: 320, text: 200, language: 'pseudo' },
  { ...usual, name: '360-es-dark', language: 'es', dark: true },
  { ...usual, name: '1280', width: 1280, height: 800 },
];

export class House {
  readonly mock = new Mock();
  readonly faults: string[] = [];
  readonly asked: string[] = [];
  origin = '';
  page!: Page;
  #browser!: Browser;
  #context!: BrowserContext;

  async open(setting: Setting): Promise<void> {
    this.origin = await this.mock.start();
    this.#browser = await chromium.launch({
      executablePath: process.env['CONSOLE_CHROMIUM'] ?? '/usr/bin/chromium',
      // A microphone that beeps, and nobody who has to say that a page may use it.
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
    this.#context = await this.#browser.newContext({
      viewport: { width: setting.width, height: setting.height },
      colorScheme: setting.dark === true ? 'dark' : 'light',
      locale: 'en-GB',
    });
    this.page = await this.#context.newPage();
    this.#watch();
    await this.page.goto(`${this.origin}/?language=${setting.language}`);
    await this.enlarge(setting.text);
  }

  /// Twice the text: every size on a page hangs from the root's.
  async enlarge(text: number): Promise<void> {
    await this.page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), text);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.mock.stop();
  }

  #watch(): void {
    this.page.on('request', (request) => {
      this.asked.push(request.url());
      if (!request.url().startsWith(this.origin) && !/^(blob|data|about):/.test(request.url())) {
        this.faults.push(`asked another origin: ${request.url()}`);
      }
    });
    this.page.on('pageerror', (error) => this.faults.push(`threw: ${error.message}`));
    this.page.on('console', (line) => {
      // A refused login or a missing recording is the server's word, which the browser notes as well.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) {
        this.faults.push(`console: ${line.text()}`);
      }
    });
  }

  async log_in(): Promise<void> {
    await this.page.locator('input[name=name]').fill('maria');
    await this.page.locator('input[name=password]').fill('a long password');
    await this.page.locator('input[name=code]').fill('123 456');
    await this.page.locator('button[type=submit]').click();
    await this.page.locator('nav').waitFor();
  }

  /// As a reader goes there: by a link of the page, so that nothing is loaded anew.
  async go(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      document.querySelector('h1')?.setAttribute('data-left', '');
      const link = document.createElement('a');
      link.href = to;
      document.querySelector('main')?.append(link);
      link.click();
      link.remove();
    }, path);
    await this.settled();
  }

  /// The page that was asked for is there, and waits for nothing.
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () => document.querySelector('h1:not([data-left])') !== null && document.querySelector('[aria-busy]') === null,
    );
  }

  async open_key(): Promise<void> {
    await this.page.locator('input[name=files]').setInputFiles([
      { name: 'maria.member', mimeType: 'text/plain', buffer: Buffer.from(data.keys.member.file) },
      { name: 'fair-food.2.shares', mimeType: 'text/plain', buffer: Buffer.from(data.keys.circle.shares_file) },
      { name: 'fair-food.circle.key', mimeType: 'text/plain', buffer: Buffer.from(data.old_circle) },
    ]);
    await this.page.locator('.sealed button.plain').click();
    await this.page.locator('input[name=secret]').fill(data.keys.member.code);
    await this.page.locator('.sealed button[type=submit]').click();
    await this.page.locator('.timeline').waitFor();
  }

  /// What axe finds serious or worse, each as one line; WCAG 2.2's least size of what one taps (24 px, or room around it) too,
  /// which axe leaves out unless it is asked.
  async barriers(): Promise<string[]> {
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      interface Found {
        violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
      }
      const run = (globalThis as unknown as { axe: { run: (options: unknown) => Promise<Found> } }).axe.run;
      const found = await run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
      return found.violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
    });
  }

  /// By how many pixels the page is wider than the screen.
  overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /// Words that have no room: a column of single letters is no wider than the screen, and nobody reads it.
  squeezed(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main dd, main dt, main p, main li, main h2, main label')]
        .filter((one) => one.offsetParent !== null && one.innerText.length > 8)
        .filter((one) => one.clientWidth > 0 && one.clientWidth < 3 * parseFloat(getComputedStyle(one).fontSize))
        .map((one) => one.innerText),
    );
  }

  async photograph(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true });
  }
}
