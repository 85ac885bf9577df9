// Phones of the story: one that calls the line, and one that the line calls. They understand as much of TwiML as we write.
import { randomBytes } from 'node:crypto';

import { type Hotline, type Sent, fields_of_call, line } from './hotline';

const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

/// One call, from either side. `said` is what the last step speaks.
export class Call {
  said = '';
  over = false;
  readonly #hotline: Hotline;
  readonly #sid: string;
  readonly #from: string;
  readonly #to: string;
  #twiml = '';

  private constructor(hotline: Hotline, call: string, from: string, to: string) {
    this.#hotline = hotline;
    this.#sid = call;
    this.#from = from;
    this.#to = to;
  }

  /// A worker dials the line.
  static async dial(hotline: Hotline, number: string): Promise<Call> {
    const call = new Call(hotline, `CA${randomBytes(16).toString('hex')}`, number, line);
    await call.#post('/hooks/main/voice', {}, 'ringing');
    return call;
  }

  /// Somebody picks up whom the line calls.
  static async pick_up(hotline: Hotline, placed: Sent): Promise<Call> {
    const call = new Call(hotline, placed.sid, line, placed.to);
    await call.#post(await hotline.words_of(placed), {}, 'in-progress');
    return call;
  }

  press(digits: string): Promise<void> {
    return this.#post(this.#action('Gather'), { Digits: digits }, 'in-progress');
  }

  async presses(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.press(key);
    }
  }

  /// The step that comes when nothing was pressed and the call goes on.
  async wait(): Promise<void> {
    const urls = [...this.#twiml.matchAll(/<Redirect[^>]*>([^<]+)<\/Redirect>/g)].map((found) => found[1] ?? '');
    await this.#post(plain(urls.at(-1) ?? ''), {}, 'in-progress');
  }

  /// Speaks after the tone; without audio: presses the pound key at once.
  async record(audio?: Buffer, seconds = 6): Promise<void> {
    const name = `RE${randomBytes(16).toString('hex')}`;
    if (audio !== undefined) {
      await this.#hotline.keep_recording(name, audio);
    }
    const spoken = { RecordingSid: name, RecordingUrl: this.#hotline.recording_url(name), RecordingDuration: String(seconds), Digits: '#' };
    await this.#post(this.#action('Record'), audio === undefined ? { RecordingDuration: '0', Digits: '#' } : spoken, 'in-progress');
  }

  async hang_up(): Promise<void> {
    await this.#post('/hooks/main/voice/status', {}, 'completed');
  }

  get asks_to_speak(): boolean {
    return this.#twiml.includes('<Record');
  }

  #action(verb: string): string {
    const found = new RegExp(`<${verb}[^>]* action="([^"]+)"`).exec(this.#twiml);
    if (found?.[1] === undefined) {
      throw new Error(`no ${verb} in ${this.#twiml}`);
    }
    return plain(found[1]);
  }

  async #post(url: string, more: Readonly<Record<string, string>>, status: string): Promise<void> {
    const answer = await this.#hotline.webhook(url, { ...fields_of_call(this.#sid, this.#from, this.#to, status), ...more });
    if (answer.status !== 200) {
      throw new Error(`${url} answers ${answer.status}: ${answer.body}`);
    }
    this.#twiml = answer.body;
    this.said = [...answer.body.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map((found) => plain(found[1] ?? '')).join(' ');
    this.over = answer.body.includes('<Hangup');
  }
}

/// The first twelve digits that are said one by one: a receipt code.
export const code_in = (said: string): string => (said.match(/\d/g) ?? []).slice(0, 12).join('');
