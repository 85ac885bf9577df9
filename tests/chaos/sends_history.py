"""What an outbox was asked for, what its provider accepted, and the checker that judges the two.

Pure: values in, findings out, each with the name of its invariant (I4 …). An empty list is the only good one.
"""
import re
from collections import Counter
from dataclasses import dataclass, field

from expansions_history import check_expansions

DONE = 5
SLACK_MS = 2000  # a text that was in the provider's hands when its phone said STOP


@dataclass
class Send:
    message: str  # our id of it
    to: str
    at: int       # ms, by the provider's clock
    call: bool = False
    demo: bool = False  # by the demo line: the answer to what was spooled


@dataclass
class Facts:
    sends: list = field(default_factory=list)    # the provider's ledger, in its order
    alarms: list = field(default_factory=list)   # ids of the cases of urgency P1
    replies: dict = field(default_factory=dict)  # id -> number
    states: dict = field(default_factory=dict)   # id -> {"phase", "doubts", "note"}
    survey: list = field(default_factory=list)
    stops: dict = field(default_factory=dict)    # number -> ms of the answer to its STOP
    jumps: list = field(default_factory=list)    # ms at which the clock was moved
    held: list = field(default_factory=list)     # (ms, ms): what was sent on time was held up, and then came at once
    expansions: list = field(default_factory=list)  # one message to many
    per_second: int = 10
    faults: bool = True
    days_moved: bool = False  # clocks went days ahead: what waited then was too late
    outside: dict = field(default_factory=dict)  # case -> what its alert's messages are called by


def message_of(status_url):
    found = re.search(r"[?&]m=([^&#]+)", status_url)
    return found.group(1) if found else ""


def check(facts):
    copies = Counter(send.message for send in facts.sends)
    return [*_copies(facts, copies), *_alarms(facts, copies), *_replies(facts, copies), *_left(facts),
            *check_expansions(facts), *_rate(facts), *_stops(facts)]


def _copies(facts, copies):
    answers = {send.message for send in facts.sends if send.demo}
    for message, count in copies.items():
        doubts = facts.states.get(message, {}).get("doubts", 0)
        if (message in facts.replies or message in answers) and count > 1:
            yield f"I4 a reply was accepted {count} times: {message}"
        elif count > 1 and not facts.faults:
            yield f"I4 accepted {count} times although nothing went wrong: {message}"
        elif count > 1 + min(doubts, 3):
            yield f"I4 accepted {count} times after {doubts} doubts: {message}"


def _alarms(facts, copies):
    for case in facts.alarms:
        if not any(message.startswith(f"a{facts.outside.get(case, case)}-") for message in copies):
            yield f"I5 nobody was told of case {case}"


def _replies(facts, copies):
    for message in [*facts.replies, *(one for one in facts.states if one not in facts.replies)]:
        note = facts.states.get(message, {}).get("note", "").split(" ")[0]
        stopped = note == "stopped" and (message not in facts.replies or facts.replies[message] in facts.stops)
        late = note == "too_late" and facts.days_moved and message not in facts.replies
        if note not in ("accepted", "unknown") and not stopped and not late:
            yield f"I6 {message} is neither accepted nor unknown: {note or facts.states.get(message)}"
        if note == "accepted" and not copies[message]:
            yield f"I6 {message} is called accepted, and the provider never had it"


def _left(facts):
    for message, state in facts.states.items():
        if state["phase"] != DONE:
            yield f"I7 {message} was left in phase {state['phase']}"
    for finding in facts.survey:
        yield f"I7 {finding}"


def _rate(facts):
    times = sorted(send.at for send in facts.sends if not send.demo)
    most = facts.per_second + 1
    for first, last in zip(times, times[most:]):
        moved = any(first - 1000 < jump < last + 1000 for jump in facts.jumps)
        held = any(first < end and begin < last for begin, end in facts.held)
        if last - first < 1000 and not moved and not held:
            yield f"I10 more than {most} sends in one second, at {first}"
            return


def _stops(facts):
    for send in facts.sends:
        if not send.call and send.at > facts.stops.get(send.to, send.at) + SLACK_MS:
            yield f"I14 {send.message} was sent to a phone that had said STOP"
