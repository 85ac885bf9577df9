// What /api/v1 says, as the console reads it. A field that a server may not yet send is optional, and its absence shows as
// nothing, never as a guess.

export type Urgency = 'P1' | 'P2' | 'P3';

export interface Me {
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly string[]>>; // program to roles
  readonly csrf_token: string; // goes back with everything that changes something
  readonly ends: number;
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
  readonly language: string;
  readonly mode: string;
  readonly reason: string;
  readonly filed_hour: number;
  readonly assignee?: string;
  readonly clocks?: readonly Clock[];
  readonly told_more?: number | null;
}

export interface CasePage {
  readonly program: string;
  readonly total: number;
  readonly cases: readonly CaseFacts[];
  readonly next?: string | null; // the place after them, when there are more
}

export interface WholeCase extends CaseFacts {
  readonly program: string;
  readonly parts: readonly string[]; // sealed, base64
  readonly parts_total: number;
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
}

export interface User {
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly disabled: boolean;
  readonly made: number;
  readonly last_login: number | null;
  readonly key: string; // fingerprint; "" = none was named
}

export interface OwnLogin {
  readonly id: string;
  readonly made: number;
  readonly seen: number;
  readonly ends: number;
  readonly by: 'browser' | 'tool';
  readonly this: boolean;
}
