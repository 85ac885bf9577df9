"""The spool killed at its named points: what was told to have arrived is there once; and three bugs put in are found.

    spool_test.py --binary … --source … --folder …
"""
import os
import shutil
import sys
import threading

from proof import options_of, verdict
from victim import Unreachable, Victim, keys_of

TEXTS = 6


class Scene:
    """Texts while the store is gone, a death at a named point, and what the circle can open afterwards."""

    def __init__(self, options, name):
        self.folder = os.path.join(options.folder, "spool", name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.victim = Victim(options.binary, options.source, self.folder)
        self.configuration = os.path.join(self.victim.state, "redis", "redis.conf")
        self.answers = {}

    def words(self, index):
        return f"help me they have my passport {index}"  # danger: a case at once

    def send(self, index):
        try:
            self.answers[index] = self.victim.text(f"+155560000{index:02}", f"SM{index}", self.words(index))[1]
        except Unreachable:
            self.answers[index] = None  # a provider sends it again

    def send_all(self):
        threads = [threading.Thread(target=self.send, args=(index,)) for index in range(TEXTS)
                   if self.answers.get(index) is None]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

    def run(self, point, bug=""):
        victim = self.victim
        victim.start(point, bug)
        victim.await_drained()
        os.rename(self.configuration, self.configuration + ".away")
        victim.kill_redis()
        self.send_all()
        os.rename(self.configuration + ".away", self.configuration)
        if point:
            victim.bury(20)
            victim.start()
        victim.await_ready(20)
        victim.await_drained()
        arrived = {index: body for index, body in self.answers.items() if body is not None}
        self.send_all()
        return list(self.findings(arrived))

    def findings(self, arrived):
        kept = [part["text"] for case in self.victim.all_cases() for part in self.victim.case_show(case["id"])["parts"]]
        for index in range(TEXTS):
            times = kept.count(self.words(index))
            if times == 0 and index in arrived:
                yield f"I1 {index} was told to have arrived and is lost"
            if times > 1:
                yield f"I2 {index} was applied {times} times"
        for index, body in arrived.items():
            if set(keys_of(body)) != {"common.arrived"}:
                yield f"I8 {index} heard {keys_of(body)}"


def judged(options, name, point, bug=""):
    scene = Scene(options, name)
    try:
        return scene.run(point, bug)
    finally:
        scene.victim.stop()


def main():
    options = options_of(__doc__).parse_args()
    found = []
    for point in ("", "before_spool_write:2", "mid_spool_append:2", "after_spool_sync:2", "mid_drain:3"):
        name = point.split(":")[0] or "control"
        found += [f"{name}: {finding}" for finding in judged(options, name, point)]
    for bug, point, invariant in (("spool_acked_before_fsync", "before_spool_write:1", "I1"),
                                  ("spool_not_deduped", "mid_drain:3", "I2"), ("static_answer_says_saved", "", "I8")):
        caught = judged(options, bug, point, bug)
        if not any(finding.startswith(invariant) for finding in caught):
            found.append(f"{bug} was not found by {invariant}: {caught}")
    return verdict(found)


if __name__ == "__main__":
    sys.exit(main())
