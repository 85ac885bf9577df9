"""Where the alerts of a world waited, between the answer to a cry and the provider's ledger.

AlertWatch looks at the store some times a second: is the case in the index of alerts, where are its messages, how far ahead
is what they wait for. waits() says how long each took, and how much of it a store answered; told() tells of the slowest what
was in the way. Threading: the watch has its own.
"""
import threading
import time
from dataclasses import dataclass

from store import StoreGone
from victim import TWILIO_LINE

EVERY = 0.1   # seconds
SILENT = 300  # ms: a store that takes longer has not answered
AIM = 10000   # ms: from the answer to a cry until a provider has the first alert of it
INDEX = "{fair-food}:at"
PLACES = [f"{{fair-food}}:{name}:{TWILIO_LINE}" for name in ("os", "oq0", "ol", "ou")]
LOOK = """
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local index, messages = {}, {}
local due = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #due, 2 do index[#index + 1] = due[i] .. ' ' .. string.format('%d', due[i + 1] - ms) end
local states = redis.call('HGETALL', KEYS[2])
for i = 1, #states, 2 do
    if string.sub(states[i], 1, 1) == 'a' then
        local ahead = 0
        for place = 3, 5 do ahead = (redis.call('ZSCORE', KEYS[place], states[i]) or ahead + ms) - ms end
        messages[#messages + 1] = states[i] .. ' ' .. string.format('%d', ahead) .. ' ' .. states[i + 1]
    end
end
return {index, messages}
"""
PHASES = {"q": "waits", "c": "claimed", "s": "submitting", "u": "in doubt", "l": "looked into", "d": "done"}


class Stretch:
    """One thing that did not change for a while. `ahead`: ms until it is due, when it was seen first."""

    def __init__(self, at, what, ahead):
        self.begin = self.end = at
        self.what, self.ahead = what, ahead

    def words(self, zero):
        due = f", due in {self.ahead / 1000:.1f} s" if self.ahead > 0 else ""
        return f"{(self.begin - zero) / 1000:.1f} to {(self.end - zero) / 1000:.1f} s {self.what}{due}"


class AlertWatch:
    def __init__(self, store):
        self.store, self.ended = store, threading.Event()
        self.seen = {}    # case -> {"new", "ladder" or a message's number: [Stretch]}
        self.silent = []  # [from, to] in ms: the store did not answer
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        while not self.ended.wait(EVERY):
            begun, found = now_ms(), None
            try:
                found = self.store.ask("EVAL_RO", LOOK, 1 + len(PLACES), INDEX, *PLACES)
            except (StoreGone, OSError, RuntimeError):
                pass
            if found is None or now_ms() - begun > SILENT:
                self._note_silence(begun, now_ms())
            for entry in found[0] if found else []:
                member, ahead = entry.split(" ")
                self._note(begun, member.split(":")[0], "new" if ":" in member else "ladder", "in the index", int(ahead))
            for entry in found[1] if found else []:
                self._note_message(begun, *entry.split(" ", 2))

    def _note_silence(self, begun, ended):
        if self.silent and begun - self.silent[-1][1] < 1000 * EVERY * 3:
            self.silent[-1][1] = ended
        else:
            self.silent.append([begun, ended])

    def _note_message(self, at, message, ahead, record):
        head, _, attempts, doubts, _, owner, note = record.split(" ", 6)
        what = f"{PHASES[head[0]]} ({attempts} tries, {doubts} doubts)"
        if head[0] in "csl":
            what += " by " + owner[-4:]
        if head[0] == "d":
            what, ahead = "done: " + note.split(" ")[0], 0
        case, number = message[1:].rsplit("-", 1)
        self._note(at, case, number, what, int(ahead))

    def _note(self, at, case, of, what, ahead):
        stretches = self.seen.setdefault(case, {}).setdefault(of, [])
        if not stretches or stretches[-1].what != what:
            stretches.append(Stretch(at, what, ahead))
        stretches[-1].end = at

    def close(self):
        self.ended.set()


@dataclass
class Wait:
    case: str
    words: str
    cried: int       # ms
    took: int        # ms, until a provider had the first alert of it
    with_store: int  # of these, in which the store answered


def now_ms():
    return int(time.time() * 1000)


def waits(world, cases):
    """Of every cry whose alert was accepted, the slowest first."""
    first, case_of = {}, {name: case for case, name in world.facts.outside.items()}
    for send in world.facts.sends:
        name = send.message[1:].rsplit("-", 1)[0] if send.message.startswith("a") else ""
        case = case_of.get(name, name)
        first[case] = min(send.at, first.get(case, send.at))
    found = []
    for case, parts in cases.items():
        for _, words in parts:
            if words in world.cried and case in first:
                cried, told = world.cried[words], first[case]
                silent = sum(max(0, min(end, told) - max(begin, cried)) for begin, end in world.watch.silent)
                found.append(Wait(case, words, cried, told - cried, max(0, told - cried - silent)))
    return sorted(found, key=lambda one: -one.took)


def told(world, waited, slowest=10):
    """Lines about the slowest: when, which faults, where the case and its messages were."""
    spooled = {fields["text"] for _, fields in world.carrier.arrived if "text" in fields}
    for one in waited[:slowest]:
        how = " by the spool" if one.words in spooled else ""
        yield f"{one.took / 1000:.1f} s, {one.with_store / 1000:.1f} s of it with a store: {one.words[-24:]}{how}"
        until = one.cried + one.took
        hindered = [*world.spans, *((begin, end, "the store is silent") for begin, end in world.watch.silent)]
        for begin, end, what in sorted(hindered):
            if begin < until and end > one.cried - 1000:
                yield f"    {(begin - one.cried) / 1000:.1f} to {(end - one.cried) / 1000:.1f} s {what}"
        name = world.facts.outside.get(one.case, "")
        for of, stretches in sorted({**world.watch.seen.get(one.case, {}), **world.watch.seen.get(name, {})}.items()):
            seen = [stretch.words(one.cried) for stretch in stretches if stretch.begin <= until + 500]
            if seen:
                yield f"    {of}: " + "; ".join(seen)
