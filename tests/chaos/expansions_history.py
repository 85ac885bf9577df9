"""One message to many, and the checker of what became of it: I9.

Pure: values in, findings out. An empty list is the only good one.
"""
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Expansion:
    id: str
    numbers: list
    seen: list = field(default_factory=list)  # its cursor, as it was read one time after the other


def check_expansions(facts):
    for one in facts.expansions:
        yield from _recipients(one, facts)
        yield from _cursor(one, len(_messages(one, facts.states)))


def _messages(one, ids):
    return [message for message in ids if message.startswith(f"b{one.id}-")]


def _recipients(one, facts):
    """Each is in the outbox exactly once, but for the refused, and no provider has accepted two for any of them."""
    wanted = {f"b{one.id}-{index}" for index in range(len(one.numbers))}
    found = set(_messages(one, facts.states))
    missed, refused = sorted(wanted - found), one.seen[-1]["refused"] if one.seen else 0
    if len(missed) > refused:
        yield f"I9 {len(missed)} recipients of {one.id} were missed, and {refused} refused: {missed[0]} is nowhere"
    for message in sorted(found - wanted):
        yield f"I9 {message} was put in for nobody"
    accepted = Counter(send.to for send in facts.sends if send.message.startswith(f"b{one.id}-"))
    for number in one.numbers:
        if accepted[number] > 1:
            yield f"I9 {accepted[number]} copies of {one.id} were accepted for one recipient, ...{number[-4:]}"


def _cursor(one, messages):
    """What an organizer is shown: it never goes back, ends, and accounts for everybody."""
    for before, after in zip(one.seen, one.seen[1:]):
        if after["next"] < before["next"]:
            yield f"I9 the cursor of {one.id} went back from {before['next']} to {after['next']}"
    if not one.seen:
        yield f"I9 nobody read the cursor of {one.id}"
        return
    end, total = one.seen[-1], len(one.numbers)
    if end["total"] != total or end["next"] != total:
        yield f"I9 {one.id} was left at {end['next']} of {end['total']}, and has {total} recipients"
    if end["enqueued"] != messages or end["enqueued"] + end["refused"] != total:
        yield (f"I9 {one.id} has {total} recipients and {messages} messages, and its cursor tells of {end['enqueued']} put in "
               f"and {end['refused']} refused")
