// What can go wrong when something sealed, or a key, is opened. The names are those of the server's vault.

export type Refusal =
  | 'sealed_otherwise' // changed, cut short, of another form, or bound to another place
  | 'unknown_key' // sealed to a key that is not here
  | 'month_gone' // its month's lock is still on: the key is gone, or it is not of this case (gateway/vault/epoch.hpp)
  | 'wrong_secret' // not this passphrase or recovery code
  | 'bad_key_file' // not a key file of this kind
  | 'damaged_key_file' // one that was changed since it was written
  | 'not_a_member' // the shares hold none for this member
  | 'not_a_recovery_code'; // a digit is wrong, missing or swapped

/// Says why, and never what: no message holds a key or a word of a report.
export class Refused extends Error {
  constructor(readonly why: Refusal) {
    super(why);
    this.name = 'Refused';
  }
}
