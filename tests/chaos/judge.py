"""What became of a world: what the circle can open, the stores, the ledger, the machines; and the checkers over all of it.

judge() gives findings, each with its invariant's name in front: I1-I8, I10, I12-I14 of the proof plan. Anything else in
front (P4 …) is a promise. An empty list is the only good one.
"""
import os
import pathlib
import shutil
import subprocess
import time

import alert_waits
from canary import search_bytes, search_files, searched
from crew import TEXT_BUDGET, VOICE_BUDGET
from history import Report, Told, check
from sends_history import check as check_sends

MEMORY_GROWTH, FILES_GROWTH = 112 << 20, 12  # one derivation of a receipt code takes 64 MB for its moment
SEARCHED_WORDS = 12
LINES = {"+15005550016": "the program's", "+15005550006": "the demo's"}


def held_by(gateway):
    """(bytes of memory, open files) of a server."""
    try:
        with open(f"/proc/{gateway.process.pid}/statm") as statm:
            pages = int(statm.read().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE"), len(os.listdir(f"/proc/{gateway.process.pid}/fd"))
    except OSError:
        return 0, 0


def provider_keeps(world):
    """Recordings that it should have deleted by now: those whose turn was answered. The others nobody heard of."""
    heard = {told.recording for told in world.history.told() if told.acknowledged}
    return [name for name in world.provider.left() if name in heard]


def recordings_left(world):
    """What still waits to be fetched, to be deleted, or to be taken by a turn."""
    return sum(world.store.insist("ZCARD", "{fair-food}:" + name) for name in ("rf", "rd", "rw"))


def judge(world, before):
    facts = world.facts
    cases = opened(world)  # before everything comes once more: else a provider's patience would mend a loss
    parts = census(world)
    world.carrier.repeat()
    again = census(world)
    if again != parts:
        world.failures.append(f"I2 events that came once more changed the store: {parts} and then {again} cases, parts")
    facts.survey = world.ask_tool("survey").get("findings", ["the survey was refused"])
    facts.alarms = [one["id"] for one in world.gateways[0].all_cases() if one["urgency"] == "P1"]
    facts.outside = world.ask_tool(" ".join(["outside", *cases, *facts.alarms])).get("outside", {})
    facts.sends = world.ledger()
    world.history.reports += [Report("a cry", [Told(1, "", words, True)], True) for words in world.cried]
    found = [*world.failures, *check(world.history, cases), *check_sends(facts), *in_time(world), *left(world),
             *grown(world, before), *leaks(world), *survey_of_store(world)]
    note_waits(world, cases)
    return found


# --- what the circle can open --------------------------------------------------------------------------------------
def opened(world):
    share_recordings(world)
    return world.gateways[0].opened(os.path.join(world.folder, "sounds"))


def census(world):
    """How many cases there are, and parts of them."""
    keys = keys_of_kind(world, "kp:")
    return len(set(keys)), sum(world.store.insist("LLEN", key) for key in set(keys))


def share_recordings(world):
    """Each server keeps those that it fetched; an operator of two gives them one folder."""
    folders = [pathlib.Path(gateway.state, "blobs") for gateway in world.gateways]
    for source in folders:
        for sealed in source.glob("*") if source.exists() else []:
            for other in folders:
                if other != source and sealed.is_file() and not (other / sealed.name).exists():
                    other.mkdir(exist_ok=True)
                    shutil.copy(sealed, other / sealed.name)


# --- I8: every webhook is answered in time -------------------------------------------------------------------------
def in_time(world):
    """A server that was dead or stopped answers nothing; every other one does, whatever its store does."""
    away = {gateway.name: gateway.was_away for gateway in world.gateways}
    late = 0
    for answer in world.carrier.answers:
        # Who kills itself at a point is seen to be dead a little later: the later, the busier the machine.
        near = 0.05 if answer.answered else world.slack.allowed(answer.start, answer.end)
        if away[answer.gateway](answer.start - near, answer.end + near):
            continue
        took = answer.end - answer.start
        budget = VOICE_BUDGET if answer.mode == "voice" else TEXT_BUDGET
        allowed = budget + world.slack.allowed(answer.start, answer.end)
        if not answer.answered:
            yield f"I8 server {answer.gateway} did not answer a {answer.mode} webhook ({took:.2f} s)"
        elif took > allowed:
            yield f"I8 a {answer.mode} webhook was answered after {took:.2f} s ({allowed:.2f} allowed here)"
        late += answer.answered and took > budget
    world.late = late


# --- I7, I13: nothing is left, nothing has grown -------------------------------------------------------------------
def left(world):
    for name, what in (("rf", "recordings to fetch"), ("rd", "files to delete"), ("rw", "recordings untaken")):
        count = world.store.insist("ZCARD", "{fair-food}:" + name)
        if count:
            yield f"I7 {count} {what} are left"
    for line, whose in LINES.items():
        leases = put_down(world, "{fair-food}:ol:" + line)
        if leases:
            yield f"I7 {leases} leases of {whose} line are left"
    for name in provider_keeps(world):
        yield f"I7 a recording stayed at the provider: {name}"


def put_down(world, leases, patience=4.0):
    """How many leases are left once what is in hand just now is put down: an alarm's next step, which no list of messages
    tells. What was forgotten in a hand stays there longer: no lease is shorter than 5 s, and no clock moves meanwhile."""
    until = time.monotonic() + patience
    while True:
        count = world.store.insist("ZCARD", leases)
        if not count or time.monotonic() > until:
            return count
        time.sleep(0.05)


def grown(world, before):
    for gateway, (memory, files) in zip(world.gateways, before):
        memory_now, files_now = held_by(gateway)
        if memory_now > memory + MEMORY_GROWTH:
            yield f"I13 server {gateway.name} holds {(memory_now - memory) >> 20} MB more than when it was fresh"
        if files_now > files + FILES_GROWTH:
            yield f"I13 server {gateway.name} holds {files_now} open files, {files} when it was fresh"
    jobs = len(keys_of_kind(world, "rj:")) + len(keys_of_kind(world, "rn:"))
    pending = [key for key in keys_of_kind(world, "pr:") if world.store.insist("GET", key) not in ("0", None)]
    if jobs or pending:
        yield f"I13 {jobs} jobs of recordings are left, and {len(pending)} counts of what is pending"
    talks = len(keys_of_kind(world, "c:"))
    most = len(world.workers) + len(world.cried) + 8
    calls = sum(worker.sent for worker in world.workers if hasattr(worker, "call"))
    if talks > most + calls:
        yield f"I13 {talks} conversations are kept, of {most} phones and {calls} calls"


def keys_of_kind(world, kind):
    cursor, found = "0", []
    while True:
        cursor, page = world.store.insist("SCAN", cursor, "MATCH", "{fair-food}:" + kind + "*", "COUNT", 1000)
        found += page
        if cursor == "0":
            return found


OF_THE_AUDIT = ("case_not_in_audit", "case_filed_twice", "case_deleted_and_there", "acts_not_in_audit", "audit_broken")


def survey_of_store(world):
    """`rightsline fsck`, when this build has it."""
    known = subprocess.run([world.options.binary, "fsck", "--help"], capture_output=True, timeout=30)
    if known.returncode != 0:
        return
    asked = subprocess.run([world.options.binary, "fsck", "--socket", world.gateways[0].state + "/api.sock"],
                           capture_output=True, text=True, timeout=120)
    if asked.returncode != 0:
        told = asked.stdout + asked.stderr
        invariant = "I11" if any(word in asked.stdout for word in OF_THE_AUDIT) else "I7"
        yield f"{invariant} fsck ended with {asked.returncode}: {told[:400]}"


# --- I12: nobody's words where they do not belong ------------------------------------------------------------------
def leaks(world):
    told = [told.words for told in world.history.told() if " " in told.words]
    secrets = {f"number {worker.number[-4:]}": worker.number for worker in world.workers}
    secrets |= {f"words {index}": words for index, words in enumerate(told[::max(1, len(told) // SEARCHED_WORDS)])}
    needles = searched(secrets)
    folders = [os.path.join(world.folder, "store"), *(gateway.state for gateway in world.gateways)]
    found = search_files(folders, needles)
    for gateway in world.gateways:
        with open(gateway.log, "rb") as log:
            found += search_bytes(f"log of {gateway.name}", log.read(), needles)
        for path in ("/metrics", "/readyz"):
            found += search_bytes(f"{gateway.name}{path}", gateway.get_ops(path)[1], needles)
    return [f"I12 {leak}" for leak in found]


# --- I5: how soon somebody was told --------------------------------------------------------------------------------
def note_waits(world, cases):
    waited = alert_waits.waits(world, cases)
    world.to_accept = [one.took for one in waited]
    world.to_accept_with_store = [one.with_store for one in waited]
    with open(os.path.join(world.folder, "alerts.txt"), "w") as out:
        out.writelines(line + "\n" for line in alert_waits.told(world, waited))
