"""kill -9 of the server at the named points of the desks (a caller who asks for a person, a missed call, a worker called back),
and of the outbox below them; then three bugs that are put in on purpose, each named by its invariant, and clean without it.

    desks_test.py --binary … --source … --folder … --tool … --emulator … --clock … [--rounds 12] [--seed 1] [--only M25]
"""
import os
import sys
import time
from dataclasses import dataclass

from desks import JEAN, MARIA, DesksRun
from desks_history import DeskFacts, Ring, Wish, check
from proof import options_of, verdict

OUTBOX = ("claimed", "submitting", "sent")
TURN = ("after_load", "before_commit", "after_commit", "before_answer")


def desks_options(description):
    parser = options_of(description)
    for name in ("tool", "emulator", "clock"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--only", default=os.environ.get("RL_CHAOS_ONLY", ""))
    return parser.parse_args()


def a_round(run, index):
    """A caller, a missed call, a call back, in turns; the server is to die somewhere on the way."""
    kind, points = ((DesksRun.a_caller, ("before_hand_off", "hand_off_kept", *OUTBOX, *TURN)),
                    (DesksRun.a_missed_call, ("before_missed_call", "missed_call_kept", *OUTBOX)),
                    (DesksRun.a_call_back, ()))[index % 3]
    plan = ""
    if points:
        own = points[(index // 3) % len(points)] if index % 2 == 0 else run.random.choice(points)
        plan = f"{own}:{run.random.randrange(1, 4)}"
    deaths = run.kills
    run.start(plan)
    kind(run)
    run.missed += run.kills == deaths
    run.victim.kill()
    run.pass_time(61)


# --- the judge, on facts of cardboard --------------------------------------------------------------------------------
def good():
    return DeskFacts([Wish("person", "a", True, "person", 20, rings=[Ring("m", "h1-1"), Ring("j", "h1-2")]),
                      Wish("missed", "b", True, rings=[Ring("b", "m1")], posted=["m1"]),
                      Wish("missed", "c", True, posted=["m2"]), Wish("missed", "e", True, posted=["m4"]), Wish("missed", "e", True, rings=[Ring("e", "m4")]), Wish("back", "d", rings=[Ring("m", "b1"), Ring("d", "b2"), Ring("d", "b2")])],
                     {"m2": 1, "b2": 1})


EDITS = (("I15", lambda f: setattr(f.wishes[0], "reached", "")), ("I15", lambda f: setattr(f.wishes[0], "took", 120)),
         ("I15", lambda f: setattr(f.wishes[0], "stranger", True)), ("I16", lambda f: f.wishes[0].rings.append(Ring("m", "h2-1"))),
         ("I16", lambda f: f.doubts.pop("b2")), ("I17", lambda f: setattr(f.wishes[0], "alone", 70)),
         ("I18", lambda f: f.wishes[1].rings.append(Ring("b", "m3"))), ("I18", lambda f: f.doubts.pop("m2")),
         ("I18", lambda f: f.wishes[1].rings.append(Ring("b", "m1"))), ("I18", lambda f: f.wishes[4].rings.clear()),
         ("I18", lambda f: f.wishes.extend(Wish("missed", "b", True, rings=[Ring("b", f"m{i}")], posted=[f"m{i}"]) for i in (5, 6))))


def edited():
    missed_ones = [f"the untouched facts: {finding}" for finding in check(good())]
    for index, (invariant, edit) in enumerate(EDITS):
        facts = good()
        edit(facts)
        if not any(finding.startswith(invariant + " ") for finding in check(facts)):
            missed_ones.append(f"not caught by {invariant}: edit {index}")
    return missed_ones


# --- bugs put in on purpose ------------------------------------------------------------------------------------------
def rung_again(run):
    """A missed call is kept, and the server dies before it answers: the provider tells of it once more."""
    run.start("missed_call_kept:1")
    run.rings_and_hangs_up(run.fresh_number())


def asked_again(run):
    """A hand-off is kept, and the server dies before its caller is answered: the provider's next try comes."""
    run.start("hand_off_kept:1")
    _, caller, _ = run.asks_for_person({MARIA: "rings_out", JEAN: "rings_out"})
    caller.ends()


def left_in_a_room(run):
    """Whoever took the call goes, and the server dies between keeping that and calling the caller out of the room."""
    run.start()
    wish, caller, taker = run.asks_for_person({MARIA: "accepts"})
    run.victim.kill()
    run.start("hand_off_kept:1")
    run.leaves_alone(wish, caller, taker)


@dataclass
class Mutant:
    code: str
    bug: str
    invariant: str
    scene: object


MUTANTS = (Mutant("M23", "missed_call_is_not_noted", "I18", rung_again), Mutant("M24", "hand_off_named_afresh", "I16", asked_again),
           Mutant("M25", "hand_off_is_not_looked_at", "I17", left_in_a_room))


def played(options, mutant, bug):
    with DesksRun(options, f"desks-{mutant.code}" + ("" if bug else "-control"), bug) as run:
        mutant.scene(run)
        reached = run.kills > 0
        return run.findings() + ([] if reached else ["the server did not die at its point, so this scene proves nothing"])


def missed(options, mutant):
    """What was not caught, or was found without the bug."""
    wrong = [f"{mutant.code} without its bug: {finding}" for finding in played(options, mutant, "")]
    found = played(options, mutant, mutant.bug)
    named = [finding for finding in found if finding.startswith(mutant.invariant + " ")]
    print(f"{mutant.code} {mutant.bug}: {'killed by ' + mutant.invariant if named else 'MISSED'}, e.g. {(named or found or ['none'])[0]}", flush=True)
    return wrong + ([] if named else [f"not named by {mutant.invariant}: {mutant.code} {mutant.bug}: {found[:3]}"])


def main():
    options, findings, started = desks_options(__doc__), edited(), time.monotonic()
    if not options.only:
        with DesksRun(options, "desks") as run:
            for index in range(options.rounds or 12):
                a_round(run, index)
            run.start()
            findings += run.findings()
            print(f"seed {options.seed}, {time.monotonic() - started:.0f} s: {run.summary()}", flush=True)
    for mutant in MUTANTS:
        if not options.only or mutant.code in options.only.split(","):
            findings += missed(options, mutant)
    print(f"{time.monotonic() - started:.0f} s in all")
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
