"""The spool killed at its named points: what was told to have arrived is there once; and three bugs put in are found. Its own
disk full, or failing: nothing is claimed, and after a start on a disk that is well again it is taken as before.

    spool_test.py --binary … --source … --folder … --sick-disk libsick_disk.so
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

    def lose_store(self):
        self.victim.await_drained()
        os.rename(self.configuration, self.configuration + ".away")
        self.victim.kill_redis()

    def bring_store_back(self):
        os.rename(self.configuration + ".away", self.configuration)

    def run(self, point, bug=""):
        victim = self.victim
        victim.start(point, bug)
        self.lose_store()
        self.send_all()
        self.bring_store_back()
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


class SickDisk(Scene):
    """The disk below the spool's file, and no other, is full or fails to sync while the store is gone."""

    def __init__(self, options, name, what):
        super().__init__(options, name)
        self.what, self.trouble_file, self.found = what, os.path.join(self.folder, "trouble"), []
        self.environment = {"LD_PRELOAD": options.sick_disk, "RL_DISK_TROUBLE": self.trouble_file,
                            "RL_DISK_PLACE": "/spool/events"}
        self.trouble(" ")

    def trouble(self, what):
        with open(self.trouble_file, "r+b" if os.path.exists(self.trouble_file) else "wb") as out:
            out.write(what.encode())

    def expect(self, when, indexes, *allowed):
        """Some, in a row: the first meets the disk, those behind it a spool that is closed."""
        for index in indexes:
            self.send(index)
            heard = set(keys_of(self.answers[index])) if self.answers[index] else {"nothing"}
            if len(heard) != 1 or not heard <= set(allowed):
                self.found.append(f"I8 {when}: {index} heard {sorted(heard)}")
        if self.victim.get_ops("/healthz")[0] != 200:
            self.found.append(f"I8 {when}: the server is not well")

    def run(self):
        self.victim.start("", "", self.environment)
        self.lose_store()
        self.expect("well", [0], "common.arrived")
        self.trouble(self.what)
        self.expect("sick", [1], "common.not_sure", "common.not_kept")
        self.expect("sick and closed", [2], "common.not_kept")
        self.trouble(" ")
        self.expect("well, and what the disk says is worth nothing before the next start", [3], "common.not_kept")
        self.victim.kill()
        os.remove(self.configuration + ".away")
        self.victim.start("", "", self.environment)
        self.lose_store()
        self.expect("after a start", [4], "common.arrived")
        self.bring_store_back()
        self.victim.await_ready(20)
        self.victim.await_drained()
        return self.found + list(self.kept())

    def kept(self):
        parts = [part["text"] for case in self.victim.all_cases() for part in self.victim.case_show(case["id"])["parts"]]
        for index, body in self.answers.items():
            times, heard = parts.count(self.words(index)), keys_of(body)
            if times > 1:
                yield f"I2 {index} was applied {times} times"
            if "common.arrived" in heard and times == 0:
                yield f"I1 {index} was told to have arrived and is lost"
            if "common.not_kept" in heard and times != 0:
                yield f"I8 {index} was kept and told that it was not"


def judged(options, name, point, bug=""):
    scene = Scene(options, name)
    try:
        return scene.run(point, bug)
    finally:
        scene.victim.stop()


def on_a_sick_disk(options, name, what):
    scene = SickDisk(options, name, what)
    try:
        return [f"{name}: {finding}" for finding in scene.run()]
    finally:
        scene.victim.stop()


def main():
    parser = options_of(__doc__)
    parser.add_argument("--sick-disk", required=True)
    options = parser.parse_args()
    found = []
    for name, what in (("full", "N"), ("half_a_write", "S"), ("no_sync", "E")):
        found += on_a_sick_disk(options, name, what)
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
