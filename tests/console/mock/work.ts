// What the mock server does of the work on a case: it keeps sealed bytes as they come, and who has what.
import type { CaseFacts, Choices, Consents, LogEntry, Task } from '../../../gateway/console/web/src/api/types';
import { PrivateKey } from '../../../gateway/console/web/src/crypto/circle';
import { to_base64 } from '../../../gateway/console/web/src/crypto/bytes';
import * as data from './data';

interface Sealed {
  readonly id: string;
  readonly for_circle: string;
  readonly for_mailbox: string;
}

/// Either what is answered, or a status and a sentence.
export type Answer = { readonly body: unknown } | { readonly status: number; readonly title: string };

const consent = (purpose: string, answer: 'no' | 'yes' | 'withdrawn', asked = true) => ({ purpose, answer, asked, hour: 1_763_798_400 });

export class Work {
  circle = ''; // that the case is sealed to; '': the program's own
  readonly mailbox = new PrivateKey(new Uint8Array(32).fill(9)); // the worker's, who gives the code
  readonly replies: Sealed[] = [];
  readonly notes: string[] = [];
  readonly tasks: Task[] = [];
  readonly keys: string[] = []; // every Idempotency-Key that came
  assignee = '';
  status = 'received';
  site = '';
  excluded: string[] = [];
  held = false;
  category = '';
  readonly taken_out: string[] = []; // for what
  calls = 0; // to its worker
  call_refused = ''; // why
  linked: readonly string[] = [data.empty_case];
  has_mailbox = true;
  number_told = true;
  lost = 0; // so many are done, and their answers lost on the way
  gone = false; // the asker stepped back
  consents: Consents = {
    contact: 'relay',
    consents: [consent('number', 'yes'), consent('recording', 'no'), consent('employer', 'yes'), consent('union', 'no', false)],
  };
  readonly #done = new Map<string, Answer>();

  get(facts: CaseFacts, what: string): Answer {
    switch (what) {
      case 'choices':
        return { body: this.#choices() };
      case 'tasks':
        return { body: { program: data.program, tasks: this.tasks } };
      case 'circle':
        return { body: { program: data.program, circle: data.keys.circle.public_file } };
      case 'notes':
        return { body: { program: data.program, notes: this.notes, notes_total: this.notes.length } };
      case 'mailbox':
        return this.has_mailbox
          ? { body: { id: facts.id, program: data.program, mailbox: to_base64(this.mailbox.key), number_told: this.number_told, circle: data.keys.circle.public_file, language: 'ht', dangerous_words: ['union'], answers: data.answers } }
          : { status: 409, title: 'this case has no mailbox' };
      case 'time': {
        const closed = this.status === 'closed' ? 1_763_798_400 : null;
        const over = (days: number) => ({ kept_seconds: days * 86_400, over: closed === null || this.held ? null : closed + days * 86_400 });
        return { body: { held: this.held, closed, recordings: over(30), relay: { kept_seconds: null, over: null }, content: over(5_000) } };
      }
      case 'consents':
        return { body: { ...this.consents, handed_on: this.taken_out.map((purpose) => ({ purpose, who: 'maria', hour: 1_763_798_400 })) } };
      case 'log': {
        const entries: LogEntry[] = [
          { at: facts.filed_hour, what: 'filed', who: 'worker' },
          { at: facts.filed_hour + 60, what: 'status_changed', who: '\u202Eairam', to: 'reading' },
          { at: facts.filed_hour + 90, what: 'consent_withdrawn', who: 'maria', why: 'employer' },
          { at: facts.filed_hour + 95, what: 'recording_put_aside', why: 'too_long' },
          { at: facts.filed_hour + 99, what: 'something_new' },
        ];
        return { body: { program: data.program, alias: facts.alias, entries, next: '' } };
      }
      default:
        return { status: 404, title: 'there is nothing here' };
    }
  }

  post(facts: CaseFacts, what: string, body: Record<string, string>, key: string): Answer {
    this.keys.push(key);
    const answer = (key === '' ? undefined : this.#done.get(key)) ?? this.#act(facts, what, body);
    if (!('status' in answer)) {
      this.#done.set(key, answer); // a refusal may be another one tomorrow
    }
    if (this.lost > 0) {
      --this.lost;
      return { status: 503, title: 'try again' };
    }
    return answer;
  }

  #act(facts: CaseFacts, what: string, body: Record<string, string>): Answer {
    switch (what) {
      case 'tasks': {
        const set: Task = { id: `${this.tasks.length + 1}`, kind: '', by: 'maria', person: body['person'] ?? '', due: Number(body['due']), done: 0, done_by: '', sealed: body['sealed'] ?? '' };
        this.tasks.push(set);
        return { body: set };
      }
      case 'done':
        this.tasks.splice(0, this.tasks.length, ...this.tasks.map((one) => ({ ...one, done: 1_763_798_400, done_by: 'maria' })));
        return { body: this.tasks[0] };
      case 'notes':
        this.notes.push(body['sealed'] ?? '');
        return { body: { id: facts.id } };
      case 'replies':
        this.replies.push(body as unknown as Sealed);
        return { body: { id: body['id'] } };
      case 'consents':
        this.consents = {
          contact: body['purpose'] === 'number' ? 'none' : this.consents.contact,
          consents: this.consents.consents.map((one) => (one.purpose === body['purpose'] ? consent(one.purpose, 'withdrawn') : one)),
        };
        return { body: this.consents };
      case 'call':
        if (this.call_refused !== '') {
          return { status: 409, title: this.call_refused };
        }
        this.calls += 1;
        return { body: { id: facts.id } };
      case 'status':
        this.status = body['status'] ?? '';
        break;
      case 'category':
        this.category = body['category'] ?? '';
        break;
      case 'site':
        this.site = body['site'] ?? '';
        break;
      case 'take':
        if (this.assignee !== '' && this.assignee !== 'maria') {
          return { status: 409, title: 'somebody else has this case by now; look again' };
        }
        this.assignee = 'maria';
        break;
      case 'hand-over':
      case 'assign':
        this.assignee = body['person'] ?? '';
        break;
      case 'exclude':
        this.excluded.push(body['person'] ?? '');
        break;
      case 'links':
      case 'unlink':
        this.linked = [...this.linked.filter((one) => one !== body['with']), ...(what === 'links' ? [body['with'] ?? ''] : [])];
        return { body: { id: facts.id, with: body['with'], before: false } };
      case 'hold':
      case 'release':
        this.held = what === 'hold';
        return { body: { id: facts.id, held: this.held, before: false } };
      case 'export': {
        const said = this.consents.consents.find((one) => one.purpose === body['purpose'])?.answer;
        if (said !== 'yes') {
          return { status: 409, title: `its worker has not agreed to: ${body['purpose'] ?? ''}` };
        }
        this.taken_out.push(body['purpose'] ?? '');
        return { body: { id: facts.id, alias: facts.alias, purpose: body['purpose'] } };
      }
      case 'recuse':
        this.gone = true;
        break;
      default:
        return { status: 404, title: 'there is nothing here' };
    }
    return { body: { ...facts, ...this.sorted(facts), status: this.status, assignee: this.assignee, before: false, words: 'Someone reads your report.' } };
  }

  /// The family and the urgency of its category, where that is the greater one.
  sorted(facts: CaseFacts): Partial<CaseFacts> {
    const found = data.categories.find((one) => one.key === this.category);
    const urgency = found !== undefined && found.urgency < facts.urgency ? found.urgency : facts.urgency;
    return { category: this.category, category_name: found?.name ?? '', family: found?.family ?? facts.family, urgency };
  }

  #choices(): Choices {
    const statuses = [
      { key: 'reading', name: 'reading', words: 'Alguien lee tu reporte.', waits: false, closes: false },
      { key: 'closed', name: 'Finished', words: 'Nuestro trabajo terminó.', waits: false, closes: true },
    ];
    return { assignee: this.assignee, category: this.category, categories: data.categories, site: this.site, sites: ['rio-farm', 'sol-farm'], statuses: statuses.filter((one) => one.key !== this.status), people: ['jean', 'maria', 'ana'].filter((one) => !this.excluded.includes(one)) };
  }
}
