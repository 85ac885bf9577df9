"""The checker is tested: edited histories without a server, then servers with a bug put in on purpose.

    checker_test.py --binary … --source … --folder …
"""
import copy
import sys
import time

from chaos import Run
from history import History, Report, Told, check
from proof import options_of, verdict


def good():
    told = [Told(1, "story", "a", True), Told(2, "story", "b", True), Told(2, "story", "c", True),
            Told(3, "where", "d", True)]
    history = History([Report("w", told, True), Report("v", [Told(1, "story", "e", True)], True)])
    history.repeats.append(("SM1", b"x", b"x"))
    cases = {"1": [("story", "a"), ("story", "c"), ("story", "b"), ("where", "d")], "2": [("story", "e")]}
    return history, cases


EDITS = {
    "a part is missing": lambda h, c: c["1"].pop(1),
    "a part stands twice": lambda h, c: c["1"].append(("story", "a")),
    "parts changed places": lambda h, c: c["1"].reverse(),
    "a part says something else": lambda h, c: c["1"].__setitem__(0, ("story", "A")),
    "a part has another name": lambda h, c: c["1"].__setitem__(0, ("who", "a")),
    "a whole case is missing": lambda h, c: c.pop("2"),
    "a report is split": lambda h, c: c.update({"3": [c["1"].pop()]}),
    "a report is filed twice": lambda h, c: c.update({"3": list(c["2"])}),
    "a case of nobody": lambda h, c: c.update({"3": []}),
    "a part of another worker": lambda h, c: c["1"].append(c["2"].pop()),
    "told 'not kept' and kept": lambda h, c: h.reports[1].told.__setitem__(0, Told(1, "story", "e", refused=True)),
    "a repeat with another answer": lambda h, c: h.repeats.append(("SM2", b"x", b"y")),
}

# One kill each, at the named point; where the kill tells only when it meets a turn that keeps words, several.
BUGS = {
    "answer_before_commit": ["after_load:40"],
    "no_dedupe": ["after_commit:40"],
    "no_version_check": ["before_answer:150"],
    "split_commit": ["between_halves:40", "between_halves:31", "between_halves:23", "between_halves:37"],
    "answer_though_unknown": ["before_commit:20:store,before_commit:60"],
}


def edited():
    missed = [f"the untouched history: {finding}" for finding in check(*good())]
    for name, edit in EDITS.items():
        history, cases = copy.deepcopy(good())
        edit(history, cases)
        missed += [] if check(history, cases) else [f"not caught: {name}"]
    return missed


def seeded(options):
    missed = []
    for bug, plans in BUGS.items():
        with Run(options, "bug_" + bug, bug=bug, texters=3, callers=0, seed=options.seed) as run:
            run.start_workers()
            for plan in plans * (options.rounds or 1):
                run.round(plan)
            findings = run.findings()
            print(f"{bug}: {len(findings)} findings, e.g. {findings[0] if findings else 'none'}")
            named = [finding for finding in findings if finding.startswith("I")]
            missed += [] if named else [f"not named by an invariant: {bug} {findings}"]
    return missed


def main():
    options = options_of(__doc__).parse_args()
    started = time.monotonic()
    missed = edited() + seeded(options)
    print(f"{len(EDITS)} edited histories, {len(BUGS)} seeded bugs, {time.monotonic() - started:.0f} s")
    return verdict(missed, "MISSED")


if __name__ == "__main__":
    sys.exit(main())
