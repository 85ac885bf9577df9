// What /api/v1 says, as the console reads it. A field that a server may not yet send is optional, and its absence shows as
// nothing, never as a guess.

export type Urgency = 'P1' | 'P2' | 'P3';

export interface Me {
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly string[]>>; // program to roles
  readonly csrf_token: string; // goes back with everything that changes something
  readonly ends: number;
  readonly last_login_before?: number | null; // null: this is their first
}

export interface Clock {
  readonly name: string;
  readonly due: number;
  readonly state: 'running' | 'warned' | 'overdue' | 'paused';
}

export interface CaseFacts {
  readonly id: string;
  readonly alias: string;
  readonly status: string;
  readonly urgency: Urgency;
  readonly family: string;
  readonly circle?: string; // that it is sealed to; none or "": the program's own
  readonly language: string;
  readonly mode: string;
  readonly reason: string;
  readonly filed_hour: number;
  readonly held?: boolean; // on hold: nothing of it is deleted for its age
  readonly entered_by?: string; // who of the team entered it for its worker; "": nobody did
  readonly call_hour?: number; // when they had taken the call in which it was told; 0: in none
  readonly assignee?: string;
  readonly category?: string; // what the team sorted it into; "": nothing
  readonly category_name?: string;
  readonly clocks?: readonly Clock[];
  readonly told_more?: number | null;
  readonly tasks_open?: number;
  readonly tasks_late?: number; // of these, the due ones
}

export interface CasePage {
  readonly program: string;
  readonly cases: readonly CaseFacts[];
  readonly next?: string | null; // the place after them, when there are more
}

export interface WholeCase extends CaseFacts {
  readonly program: string;
  readonly parts: readonly string[]; // sealed, base64
  readonly parts_total: number;
  readonly thread?: readonly { readonly id: string; readonly sealed: string; readonly read_hour: number }[];
  readonly recordings?: readonly RecordingState[]; // those that are not deleted
  readonly recused?: readonly string[];
  readonly excluded?: readonly string[];
  readonly links?: readonly LinkedCase[];
  readonly check_ins?: readonly CheckIn[];
  readonly check_ins_missed?: number; // so many at the end nobody answered
}

/// `why`: of one that was put aside.
export interface RecordingState {
  readonly id: string;
  readonly state: 'on_its_way' | 'here' | 'put_aside' | 'lost';
  readonly why: string;
}

export type LinkedCase = Pick<CaseFacts, 'id' | 'alias' | 'status' | 'urgency'>;

/// What time will delete of a case. null: for ever; never, as it stands; open, or nobody can say since when it is closed.
export interface KeptFor {
  readonly kept_seconds: number | null;
  readonly over: number | null;
}
export interface TimeAhead {
  readonly held: boolean;
  readonly closed: number | null;
  readonly recordings: KeptFor;
  readonly relay: KeptFor;
  readonly content: KeptFor;
}

/// By what a report is entered for its worker: the program's own questions, in the worker's language.
export interface Intake {
  readonly language: string;
  readonly languages: readonly { readonly tag: string; readonly name: string }[];
  readonly families: readonly { readonly key: string; readonly words: string; readonly urgency: Urgency; readonly circle: string }[]; // `circle`: a public key file
  readonly questions: readonly { readonly name: string; readonly words: string; readonly needed: boolean }[];
  readonly calls: readonly OwnCall[]; // of the last day, the newest first
  readonly colleagues: readonly string[]; // the others of the roster
}

/// A caller whom the reader took. `report`: what was entered of it; "": that was deleted since; null: nothing was.
export interface OwnCall {
  readonly call: string;
  readonly at: number;
  readonly over: boolean; // one is in it no more
  readonly report: string | null;
}

/// A report that is saved, with what its worker comes back by: told this once.
export interface Entered {
  readonly id: string;
  readonly alias: string;
  readonly code: string;
}

/// null: fewer than ten, or it would tell of so few.
export type Figure = number | null;
export interface Figures {
  readonly until: number;
  readonly check_ins: { readonly asked: Figure; readonly answered: Figure; readonly changed: Figure };
  readonly statuses: readonly { readonly status: string; readonly cases: Figure; readonly median_days: Figure }[];
}

/// When its worker was asked how they are. `answer` "": there is time to answer yet.
export interface CheckIn {
  readonly day: number;
  readonly asked: number;
  readonly answer: '' | 'fine' | 'changed' | 'stop' | 'unknown';
}

export interface Task {
  readonly id: string;
  readonly kind: string; // why the server set it; "": somebody did
  readonly by: string;
  readonly person: string; // "": whoever has the case
  readonly due: number;
  readonly done: number; // 0: not yet
  readonly done_by: string;
  readonly sealed?: string; // what is to be done, base64
}

/// What a change of a case is answered.
export interface Changed extends CaseFacts {
  readonly assignee: string;
  readonly before: boolean; // it was so already
  readonly words: string; // what its worker hears of its status
}

/// How a case stands after it was changed.
export type CaseAfter = CaseFacts & { readonly assignee: string };

export interface Choices {
  readonly assignee: string;
  readonly statuses: readonly {
    readonly key: string;
    readonly name: string;
    readonly words: string;
    readonly waits: boolean;
    readonly closes: boolean;
  }[];
  readonly people: readonly string[];
  readonly category?: string;
  readonly categories?: readonly {
    readonly key: string;
    readonly name: string;
    readonly family: string;
    readonly urgency: Urgency;
  }[];
  readonly site?: string; // "": nobody has said it yet
  readonly sites?: readonly string[]; // that there are
}

export interface NotePage {
  readonly notes: readonly string[]; // sealed, base64
  readonly notes_total: number;
}

/// A sentence of the program that may be sent as it stands.
export interface ReadyAnswer {
  readonly key: string;
  readonly name: string; // in the program's first language
  readonly words: string; // in the report's
  readonly heard: 'recorded' | 'machine' | 'nothing'; // how a call in the report's language says it
}

export interface Mailbox {
  readonly mailbox: string; // its public key, base64
  readonly circle: string; // a public key file
  readonly language: string; // of the report
  readonly number_told?: boolean; // no: its worker was not told the number that opens this
  readonly dangerous_words: readonly string[];
  readonly answers: readonly ReadyAnswer[];
}

export interface Consent {
  readonly purpose: string;
  readonly answer: 'no' | 'yes' | 'withdrawn';
  readonly asked: boolean;
  readonly hour: number;
}

export interface Consents {
  readonly contact: 'none' | 'relay' | 'call';
  readonly contact_texts?: boolean;
  readonly contact_stopped?: boolean;
  readonly consents: readonly Consent[];
  readonly handed_on?: readonly { readonly purpose: string; readonly who: string; readonly hour: number }[]; // what went already
}

export interface LogEntry {
  readonly at: number;
  readonly what: string;
  readonly who?: string;
  readonly how?: string;
  readonly why?: string;
  readonly to?: string;
}

/// One line of the log of a whole program.
export interface AuditEntry extends LogEntry {
  readonly id: string;
  readonly sealed: boolean; // a signed block holds it
  readonly case?: string; // its random id
  readonly whom?: string;
}

export interface AuditPage {
  readonly program: string;
  readonly entries: readonly AuditEntry[];
  readonly next: string; // "" = that was all
  readonly head: { readonly head: string; readonly until: string; readonly sealed_at: number; readonly block: string } | null;
  readonly head_damaged: boolean;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  readonly next: string; // "" = that was all
}

export interface Told {
  readonly person: string;
  readonly by: string;
  readonly at: number;
  readonly state: string;
  readonly delivery: string;
}

export interface Alert {
  readonly id: string;
  readonly alias: string;
  readonly urgency: Urgency;
  readonly raised: number;
  readonly taken_by: string | null;
  readonly taken_at?: number;
  readonly told: readonly Told[];
}

export interface AlertPage {
  readonly program: string;
  readonly people: number;
  readonly more: boolean;
  readonly alerts: readonly Alert[];
}

export interface RosterNow {
  readonly program: string;
  readonly urgency: Urgency;
  readonly at: string;
  readonly steps: readonly {
    readonly after_seconds: number;
    readonly tell: readonly { readonly person: string; readonly by: readonly string[]; readonly on_duty: boolean }[];
  }[];
  readonly again_seconds: number | null;
  readonly nobody_on_duty: string; // hours of any week, as a roster has them; "" = there are none
  readonly callers: 'somebody' | 'nobody' | 'message'; // whom a caller reaches whose site is not known
}

export interface User {
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly disabled: boolean;
  readonly made: number;
  readonly last_login: number | null;
  readonly key: string; // fingerprint; "" = none was named
}

/// With the second factor, which is told this once.
export interface UserMade extends User {
  readonly totp_secret: string;
}

export interface OwnLogin {
  readonly id: string;
  readonly made: number;
  readonly seen: number;
  readonly ends: number;
  readonly by: 'browser' | 'tool';
  readonly this: boolean;
}

/// A report that is offered to another organisation, or with it.
export interface Referral {
  readonly to: string;
  readonly state: ReferralState;
  readonly reason: string;
  readonly why: string; // they declined it
  readonly by: string;
  readonly at: number;
  readonly until: number; // then the offer lapses
  readonly copies: number;
  readonly seen: number; // so many parts it had when they were made
  readonly not_passed: number; // what its worker told since
}
export type ReferralState = 'offered' | 'accepted' | 'declined' | 'taken_back' | 'lapsed' | 'withdrawn';

export interface Organisation {
  readonly key: string;
  readonly name: string;
  readonly consent: string; // what its worker must have said yes to
  readonly circle_name: string;
  readonly circle: string; // its public key file; "": the server has none
  readonly told: number; // so many there hear by e-mail that something is offered
  readonly referral: Referral | null; // null: it was never offered there
}
export interface CaseReferrals {
  readonly alias: string;
  readonly parts_total: number;
  readonly organisations: readonly Organisation[];
}

/// In a list. To those who offer it: to whom, and how many parts they do not have; to the others neither.
export interface Offered extends Pick<Referral, 'state' | 'reason' | 'by' | 'at' | 'until'> {
  readonly id: string;
  readonly alias: string;
  readonly urgency: Urgency;
  readonly from: string;
  readonly to?: string;
  readonly not_passed?: number;
}

/// What was passed on to one's organisation.
export interface ReferredCase extends Offered {
  readonly program: string; // whose report it is
  readonly status: string;
  readonly family: string;
  readonly language: string;
  readonly mode: string;
  readonly filed_hour: number;
  readonly parts: readonly string[]; // sealed, base64
  readonly parts_total: number;
}

export interface Passing {
  readonly to: string;
  readonly reason: string;
  readonly parts: readonly string[]; // sealed to them, base64
  readonly seen: number;
  readonly after: number; // of more: how many copies they have
}

export interface Sites {
  readonly sites: readonly { readonly site: string; readonly employer: readonly string[] }[];
  readonly near: readonly { readonly person: string; readonly sites: readonly string[] }[]; // not among them: looks after all
}

/// What calls hear of one line of the script.
export type PromptState = 'recorded' | 'stale' | 'draft' | 'missing' | 'untranslated';
export const prompt_states: readonly PromptState[] = ['recorded', 'stale', 'draft', 'missing', 'untranslated'];

export type TakeState = 'waiting' | 'outdated' | 'rejected' | 'unreadable';

export interface PromptLanguage extends Readonly<Record<PromptState, number>> {
  readonly language: string;
  readonly lines: number;
  readonly waiting: number; // takes that can be approved
}

export interface PromptCell {
  readonly state: PromptState;
  readonly take?: TakeState;
}

export interface Prompts {
  readonly languages: readonly PromptLanguage[];
  readonly prompts: readonly { readonly name: string; readonly cells: Readonly<Record<string, PromptCell>> }[];
}

export interface Take {
  readonly state: 'waiting' | 'approved' | 'rejected' | 'unreadable';
  readonly by: string;
  readonly at: string; // "2026-11-23T15:40:00Z"
  readonly way: string; // phone, browser, file
  readonly length_ms: number;
  readonly sound: string; // SHA-256
  readonly warnings: string;
  readonly judged_by?: string;
  readonly why?: string;
}

export interface PromptLine {
  readonly name: string;
  readonly text: string;
  readonly words: string; // a hash of the text
  readonly state: PromptState;
  readonly soon: boolean; // approved just now: calls play it in a moment
  readonly length_ms: number;
  readonly take?: Take;
  readonly outdated?: boolean; // the take says other words
}

export interface TakeKept {
  readonly length_ms: number;
  readonly warnings: readonly string[];
}
