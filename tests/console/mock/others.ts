// What the mock server has of another organisation and of sites: one that a case may be offered to, what was offered to whoever
// asks for it, and the employers' lists.
import type { CaseReferrals, Offered, Passing, Referral, ReferredCase, Sites } from '../../../gateway/console/web/src/api/types';
import { from_utf8, to_base64 } from '../../../gateway/console/web/src/crypto/bytes';
import { part_context } from '../../../gateway/console/web/src/crypto/case_parts';
import { PrivateKey, seal_part } from '../../../gateway/console/web/src/crypto/circle';
import { Shares } from '../../../gateway/console/web/src/crypto/shares';
import * as data from './data';
import type { Answer } from './work';

export const side = `${data.program}/investigators`;
/// The other organisation's key, whose private half the tests have.
export const theirs = new PrivateKey(new Uint8Array(32).fill(7));
export const public_file = (key: PrivateKey): string => `rightsline-circle-public 1\nname: inspectors\nversion: 1\nid: ${key.id}\nkey: ${to_base64(key.key)}\n`;
export const their_file = public_file(theirs);
export const other_file = public_file(new PrivateKey(new Uint8Array(32).fill(8)));

const now = 1_763_798_400;
const copy = (id: string, text: string, recording = ''): string => {
  const circle = new Shares(data.keys.circle.shares_file).key; // so that the member of the tests opens it
  return to_base64(seal_part(circle, part_context(data.program, id), from_utf8(JSON.stringify({ name: 'story', text, recording, seconds: 41, at: now }))));
};

const offered = (id: string, alias: string, state: Offered['state']): Offered => ({
  id,
  alias,
  urgency: 'P2',
  state,
  reason: 'investigate',
  from: 'Fair Food',
  by: 'maria',
  at: now,
  until: now + 7 * 86_400,
});

export class Others {
  referral: Referral | null = null;
  readonly passed: string[] = []; // copies, sealed
  brand: Referral | null = null;
  waiting: Offered[] = [offered(data.spoken_case, '7K4-921', 'offered'), offered(data.told_case, '3P2-118', 'accepted')];
  readonly answered: string[] = [];
  stepped_back = false;
  sites: Sites = {
    sites: [
      { site: 'rio-farm', employer: [] },
      { site: 'sol-farm', employer: ['jean'] },
    ],
    near: [{ person: 'ana', sites: ['sol-farm'] }],
  };
  released = 0; // by the next change

  list(of_side: boolean): Answer {
    const listed = of_side ? this.waiting : this.waiting.map((one) => ({ ...one, to: 'investigators', not_passed: 1 }));
    return { body: { program: data.program, referrals: listed } };
  }

  of_case(alias: string): CaseReferrals {
    return {
      alias,
      parts_total: 4,
      organisations: [
        { key: 'investigators', name: 'Investigators of the state', consent: 'employer', circle_name: 'investigators', circle: their_file, told: 2, referral: this.referral },
        { key: 'brand', name: 'The brand', consent: 'union', circle_name: 'brand', circle: '', told: 0, referral: this.brand },
      ],
    };
  }

  post(what: string, body: string): Answer {
    const asked = JSON.parse(body) as Passing & { reason: string };
    if (what === 'accept' || what === 'decline') {
      this.answered.push(`${what} ${asked.reason}`);
      this.waiting = what === 'accept' ? this.waiting.map((one) => ({ ...one, state: 'accepted' })) : this.waiting.slice(1);
      return { body: { before: false } };
    }
    if (what === 'take-back') {
      this.referral = this.referral === null ? null : { ...this.referral, state: 'taken_back', not_passed: 0 };
      return { body: { before: false } };
    }
    if (what === 'more' && asked.after !== this.referral?.copies) {
      return { status: 503, title: 'others changed it at the same moment' };
    }
    this.passed.push(...asked.parts);
    const copies = (what === 'more' ? (this.referral?.copies ?? 0) : 0) + asked.parts.length;
    this.referral = { to: asked.to, state: 'offered', reason: asked.reason, why: '', by: 'maria', at: now, until: now + 86_400, copies, seen: asked.seen, not_passed: 0 };
    return { body: { before: false } };
  }

  referred(id: string): Answer {
    const one = this.waiting.find((each) => each.id === id && each.state === 'accepted');
    const recording = Object.keys(data.recording_bytes)[0] ?? '';
    const parts = [copy(id, 'They keep our papers.'), copy(id, '', recording), copy(id, data.hostile_text)];
    const body: ReferredCase | undefined =
      one === undefined
        ? undefined
        : { ...one, program: data.program, status: 'referred', family: 'wages', language: 'es', mode: 'voice', filed_hour: now, parts, parts_total: parts.length };
    return body === undefined || this.stepped_back ? { status: 404, title: 'there is no such case, or it is not with you' } : { body };
  }

  change_sites(what: string, body: string): Answer {
    const { site = '', person = '', undo = false, sites = [] } = JSON.parse(body) as { site?: string; person?: string; undo?: boolean; sites?: string[] };
    if (what === 'employer' && !data.users.some((one) => one.name === person)) {
      return { status: 422, title: 'nobody on the roster or among its users has this name; there are jean, maria' };
    }
    const listed = this.sites.sites.find((one) => one.site === site)?.employer ?? [];
    if (what === 'remove' && listed.length > 0) {
      return { status: 409, title: 'people stand on the employer’s list of this site' };
    }
    if (what === '') {
      this.sites = { ...this.sites, sites: [...this.sites.sites, { site, employer: [] }] };
    } else if (what === 'remove') {
      this.sites = { ...this.sites, sites: this.sites.sites.filter((one) => one.site !== site) };
    } else if (what === 'near') {
      this.sites = { ...this.sites, near: [...this.sites.near.filter((one) => one.person !== person), ...(sites.length > 0 ? [{ person, sites }] : [])] };
    } else {
      const employer = undo ? listed.filter((one) => one !== person) : [...listed, person];
      this.sites = { ...this.sites, sites: this.sites.sites.map((one) => (one.site === site ? { site, employer } : one)) };
    }
    return { body: { program: data.program, before: false, cases_released: this.released } };
  }
}
