"""The checker of sends is tested: edited facts without a server, then outboxes with a bug put in on purpose.

    sends_checker_test.py --binary … --source … --folder … --tool … --emulator … --clock …
"""
import copy
import sys
import time

from expansions_history import Expansion
from proof import verdict
from sending import JEAN
from sends import LEASES_OVER, SendsRun
from sends_history import DONE, SLACK_MS, Facts, Send, check
from sends_test import sends_options


def good():
    done = {"phase": 5, "doubts": 0, "note": "accepted SM1 queued"}
    facts = Facts([Send("ak-1", "a", 0), Send("ak-2", "a", 100, True), Send("r1", "b", 200), Send("ak-1", "a", 900)],
                  ["k"], {"r1": "b", "r2": "c"}, {"ak-1": {**done, "doubts": 1}, "ak-2": done, "r1": done,
                                                  "r2": {**done, "doubts": 1, "note": "unknown"}})
    facts.per_second = 3
    facts.expansions = [Expansion("e", ["x", "y", "z"], [cursor(1, 1, 0), cursor(3, 2, 1)])]
    facts.states |= {"be-0": done, "be-1": done}
    facts.sends += [Send("be-0", "x", 3000), Send("be-1", "y", 3100)]
    return facts


def cursor(following, enqueued, refused):
    return {"total": 3, "next": following, "enqueued": enqueued, "there": 0, "refused": refused}


EDITS = {
    "I4": [lambda f: f.sends.append(Send("r1", "b", 5000)), lambda f: f.sends.append(Send("ak-2", "a", 5000)),
           lambda f: setattr(f, "faults", False)],
    "I5": [lambda f: f.alarms.append("l")],
    "I6": [lambda f: f.states["r2"].update(note="rejected"), lambda f: f.states.pop("r2"),
           lambda f: f.states["r2"].update(note="accepted SM2"), lambda f: f.states["r1"].update(note="stopped")],
    "I7": [lambda f: f.states["r2"].update(phase=2), lambda f: f.survey.append("r1: it is nowhere")],
    "I9": [lambda f: f.sends.append(Send("be-0", "x", 9000)), lambda f: f.states.pop("be-1"),
           lambda f: f.states.update({"be-9": f.states["be-0"]}), lambda f: f.expansions[0].seen.clear(),
           lambda f: f.expansions[0].seen.append(cursor(2, 1, 1)), lambda f: f.expansions[0].seen.pop(),
           lambda f: f.expansions[0].seen[-1].update(enqueued=1, there=1)],
    "I10": [lambda f: f.sends.append(Send("ak-3", "a", 950))],
    "I14": [lambda f: (f.stops.update(b=0), f.sends.__setitem__(2, Send("r1", "b", 2500)))],
}


def edited():
    missed = [f"the untouched facts: {finding}" for finding in check(good())]
    for invariant, edits in EDITS.items():
        for index, edit in enumerate(edits):
            facts = copy.deepcopy(good())
            edit(facts)
            if not any(finding.startswith(invariant + " ") for finding in check(facts)):
                missed.append(f"not caught by {invariant}: edit {index}")
    return missed


def crash_after_the_mark(run):
    """M3. A reply was accepted, and the server died before it wrote so. Its lease ends while the next server lives: one
    that starts has loaded the functions anew, and the bug is put in again only then."""
    run.misbehave([], none=True)
    for _ in range(3):
        run.round("sent:1", passes=0)
        run.start()
        run.pass_time(LEASES_OVER)
        time.sleep(2)
        run.victim.kill()


def answers_are_lost(run):
    """M8. Accepted, and nobody hears so."""
    run.misbehave([{"do": "accept_drop", "chance": 1.0}])
    run.start()
    run.give_work(0, 3)
    run.wait_for(lambda states: all(state["doubts"] or state["attempts"] > 1 for state in states) and len(states) == 3)
    run.victim.kill()


def slow_answers(run):
    """M15. Nothing goes wrong; the provider only takes its time, longer than a round of the reaper."""
    run.misbehave([{"do": "accept", "chance": 1.0, "wait_ms": 1500}], none=True)
    run.start()
    run.give_work(2, 0)
    run.wait_for(lambda states: len(states) >= 4 and all(state["phase"] == DONE for state in states))
    run.victim.kill()


def stop_in_between(run):
    """M22. A person of the roster says STOP, and the ladder goes on."""
    run.misbehave([])
    run.start()
    run.say_stop(JEAN)
    run.give_work(1, 0)
    run.cries.join()
    run.wait_for(lambda states: len(states) >= 2)
    run.facts.stops[JEAN] -= SLACK_MS  # nothing was in the provider's hands
    run.pass_time(10)
    run.wait_for(lambda states: len(states) >= 3 and all(state["phase"] == DONE for state in states))
    run.victim.kill()


# name of the bug -> where it lives, what brings it to light, the invariant that must name it
BUGS = {
    "crash_is_not_sent": ("redis", crash_after_the_mark, "I4"),
    "timeout_is_tried_again": ("server", answers_are_lost, "I4"),
    "live_leases_reaped": ("redis", slow_answers, "I4"),
    "stop_is_not_checked": ("server", stop_in_between, "I14"),
}


def played(options, name, scene, **bugs):
    with SendsRun(options, name, faults=scene is not slow_answers, **bugs) as run:
        scene(run)
        return run.findings()


def seeded(options):
    missed = []
    for bug, (where, scene, invariant) in BUGS.items():
        control = played(options, "without_" + bug, scene)
        missed += [f"without {bug}: {finding}" for finding in control]
        found = played(options, "bug_" + bug, scene, **{"redis_bug" if where == "redis" else "bug": bug})
        named = [finding for finding in found if finding.startswith(invariant + " ")]
        print(f"{bug}: {len(found)} findings, e.g. {named[0] if named else found[:1]}")
        missed += [] if named else [f"not caught by {invariant}: {bug}"]
    return missed


def main():
    options = sends_options(__doc__)
    started = time.monotonic()
    missed = edited() + seeded(options)
    print(f"{sum(map(len, EDITS.values()))} edited facts, {len(BUGS)} seeded bugs, {time.monotonic() - started:.0f} s")
    return verdict(missed, "MISSED")


if __name__ == "__main__":
    sys.exit(main())
