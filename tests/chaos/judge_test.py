"""The judge is tested: worlds of cardboard in which one thing is wrong, each named by its invariant.

    judge_test.py --binary … --source … --folder …
"""
import os
import shutil
import sys
from types import SimpleNamespace

import judge
from crew import Answer, Gateway
from history import History, Report, Told
from proof import options_of, verdict
from slack import Slack

NUMBER, STORY = "+15550101000", "story 1000 1 0123456789ab"


class Cardboard:
    """Two servers, one of them away from 10 to 20; a store that holds nothing; a machine that is never late."""

    def __init__(self, folder):
        self.folder = folder
        self.slack = SimpleNamespace(allowed=lambda *_: 0.3)
        self.carrier = SimpleNamespace(answers=[Answer("a", "text", 1, 1.1, True), Answer("b", "voice", 2, 4.4, True)])
        self.gateways = [self.server("a", [[10, 20]]), self.server("b", [])]
        self.history = History([Report(NUMBER, [Told(1, "story", STORY, True, recording="RE1")], True)])
        self.workers, self.cried = [SimpleNamespace(number=NUMBER, sent=0)], {}
        self.provider = SimpleNamespace(left=lambda: [])
        self.held = {}
        self.store = SimpleNamespace(insist=self.insist)

    def server(self, name, away):
        state = os.path.join(self.folder, name)
        os.makedirs(state)
        log = os.path.join(state, "server.log")
        open(log, "w").close()
        one = SimpleNamespace(name=name, away=away, state=state, log=log, get_ops=lambda _: (200, b"all is well"),
                              process=SimpleNamespace(pid=os.getpid()))
        one.was_away = lambda start, end: Gateway.was_away(one, start, end)
        return one

    def insist(self, verb, *words):
        if verb == "SCAN":
            kind = words[2].split("}:")[1].rstrip("*")
            return ["0", self.held.get(kind, [])]
        return self.held.get(words[0].split("}:")[1], 0) if verb == "ZCARD" else "1"

    def findings(self):
        before = [judge.held_by(one) for one in self.gateways]
        before = [(memory - self.held.get("memory", 0), files) for memory, files in before]
        return [*judge.in_time(self), *judge.left(self), *judge.grown(self, before), *judge.leaks(self)]

    def write(self, name, words):
        with open(os.path.join(self.folder, "a", name), "w") as out:
            out.write(words)


EDITS = {
    "I8": [lambda w: w.carrier.answers.append(Answer("b", "voice", 30, 32.9, True)),
           lambda w: w.carrier.answers.append(Answer("a", "text", 30, 35.4, True)),
           lambda w: w.carrier.answers.append(Answer("b", "text", 12, 13, False))],
    "I7": [lambda w: w.held.update(rf=1), lambda w: setattr(w.provider, "left", lambda: ["RE1"])],
    "I13": [lambda w: w.held.update({"rj:": ["x"]}), lambda w: w.held.update({"pr:": ["x"]}),
            lambda w: w.held.update({"c:": [str(i) for i in range(40)]}), lambda w: w.held.update(memory=200 << 20)],
    "I12": [lambda w: w.write("dump", f"… {NUMBER} …"), lambda w: w.write("server.log", STORY[::-1]),
            lambda w: setattr(w.gateways[1], "get_ops", lambda _: (200, NUMBER[1:].encode()))],
}
FINE = {
    "it was stopped": lambda w: w.carrier.answers.append(Answer("a", "text", 12, 13, False)),
    "it was stopped in the middle": lambda w: w.carrier.answers.append(Answer("a", "voice", 9, 21, True)),
}


def played(options, name, edit):
    folder = os.path.join(options.folder, "judge")
    shutil.rmtree(folder, ignore_errors=True)
    world = Cardboard(folder)
    edit(world)
    return name, world.findings()


def main():
    options = options_of(__doc__).parse_args()
    missed = []
    for name, edit in {"untouched": lambda w: None, **FINE}.items():
        missed += [f"{name}: {finding}" for finding in played(options, name, edit)[1]]
    for invariant, edits in EDITS.items():
        for index, edit in enumerate(edits):
            found = played(options, invariant, edit)[1]
            if not any(finding.startswith(invariant + " ") for finding in found):
                missed.append(f"not caught by {invariant}: edit {index}: {found}")
    slack = Slack()
    slack.late = {5: 1.0}
    if slack.allowed(5.0, 5.5) <= 3.0 or slack.allowed(50.0, 50.5) > 0.5:
        missed.append("the machine's own lateness is not what is allowed")
    slack.close()
    print(f"{sum(map(len, EDITS.values()))} edited worlds, {len(FINE)} that are fine")
    return verdict(missed, "MISSED")


if __name__ == "__main__":
    sys.exit(main())
