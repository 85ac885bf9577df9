"""Who asked for a person, rang and hung up, or was to be called back; whose phones rang for it; and the checker that judges it.

Pure: values in, findings out, each with the name of its invariant: I15 whoever was told that somebody is being called reaches a
person or the tone in time, I16 no phone rings twice for one wish, I17 nobody is left alone in a room, I18 a missed call is
called back, once, and twice a day at most. An empty list is the only good one.
"""
from collections import Counter
from dataclasses import dataclass, field

WAITS = 75    # seconds, of whoever asks for a person
GRACE = 30    # … more, for a server that was dead meanwhile
ALONE = 60    # seconds in which somebody who was left in a room is called out of it
A_DAY = 2


@dataclass
class Ring:
    to: str       # the phone
    message: str  # our id of it


@dataclass
class Wish:
    """One wish of somebody for a call, and the phones that rang for it."""
    kind: str  # person, missed, back
    who: str
    promised: bool = False  # they were told so, or their call was rejected in the promise of one
    reached: str = ""       # person, message, the worker's phone …; "" = nothing
    took: float = 0.0       # seconds, by the clock of the servers
    stranger: bool = False  # they came into a room in which nobody was who had pressed the key
    alone: float = 0.0      # seconds alone in a room
    rings: list = field(default_factory=list)
    posted: list = field(default_factory=list)  # messages of the outbox for it, whether they left or not


@dataclass
class DeskFacts:
    wishes: list = field(default_factory=list)
    doubts: dict = field(default_factory=dict)  # message -> how often nobody knew whether it went


def check(facts):
    return [*_promises(facts), *_rings(facts), *_rooms(facts), *_missed(facts)]


def _doubted(facts, rings):
    return sum(facts.doubts.get(message, 0) for message in {ring.message for ring in rings})


def _promises(facts):
    for wish in facts.wishes:
        if wish.kind != "person" or not wish.promised:
            continue
        if not wish.reached:
            yield f"I15 {wish.who} was told that somebody is being called, and after {wish.took:.0f} s reached neither a person nor the tone"
        elif wish.took > WAITS + GRACE:
            yield f"I15 {wish.who} reached the {wish.reached} after {wish.took:.0f} s"
        if wish.stranger:
            yield f"I15 {wish.who} is in a room in which nobody has pressed the key"


def _rings(facts):
    for wish in facts.wishes:
        if wish.kind == "missed":
            continue
        for phone, times in Counter(ring.to for ring in wish.rings).items():
            if times > 1 + _doubted(facts, [ring for ring in wish.rings if ring.to == phone]):
                yield f"I16 the phone {phone} rang {times} times for {wish.who}"


def _rooms(facts):
    for wish in facts.wishes:
        if wish.alone > ALONE:
            yield f"I17 {wish.who} is alone in a room for {wish.alone:.0f} s, and nobody calls them out of it"


def _missed(facts):
    """A call may come late, when its number has rung once more already: so a number's wishes are judged together."""
    of = {}
    for wish in facts.wishes:
        if wish.kind == "missed":
            of.setdefault(wish.who, []).append(wish)
    for who, wishes in of.items():
        rung = [ring for wish in wishes for ring in wish.rings]
        copies = Counter(ring.message for ring in rung)
        for message, times in copies.items():
            if times > 1 + facts.doubts.get(message, 0):
                yield f"I18 {who} was called {times} times by one call of ours"
        so_far = 0
        for index, wish in enumerate(wishes):
            so_far += len(wish.rings)
            if so_far > index + 1 + _doubted(facts, rung):
                yield f"I18 {who} rang {index + 1} times and was called back {so_far} times"
                break
        if len(rung) > A_DAY + _doubted(facts, rung):
            yield f"I18 {who} was called back {len(rung)} times on one day"
        lost = [message for wish in wishes for message in wish.posted if message not in copies and message not in facts.doubts]
        never = any(wish.promised for wish in wishes) and not rung and not any(wish.posted for wish in wishes)
        if lost or never:
            yield f"I18 {who} heard a busy phone and was not called back"
