"""What the workers did and were told, and the checker that judges it against what the circle can open.

Pure: values in, findings out, each with the name of its invariant: I1 what was acknowledged is there and is what was
sent, I2 once and in order, I3 a repeat gets the same bytes, I8 no answer that is an error, or a lie. An empty list of
findings is the only good one.
"""
from collections import Counter
from dataclasses import dataclass, field

LEAVES = "X"  # comes it late out of the spool, beside a story, it leaves nothing and is kept with what was told

@dataclass
class Told:
    """One thing that a worker told us, and whether an answer acknowledged it."""
    group: int  # what is in flight together has one number; groups are in order
    name: str   # the part it must become: story, where …; "": any
    words: str  # a text's words, or the hash of a recording
    acknowledged: bool = False
    refused: bool = False  # the worker heard that it was not kept
    recording: str = ""    # its name at the provider
    arrived: bool = False  # it went by the spool: as which part it is kept depends on what else came meanwhile


@dataclass
class Report:
    worker: str
    told: list = field(default_factory=list)
    saved: bool = False  # the worker was told so
    loose: bool = False  # its clock was moved by days: conversations ended by silence, and where its parts lie is open


@dataclass
class History:
    reports: list = field(default_factory=list)
    repeats: list = field(default_factory=list)   # (event, first answer, later answer)
    surprises: list = field(default_factory=list)  # answers that no order of the events explains (I2), and 5xx (I8)

    def told(self):
        return [told for report in self.reports for told in report.told]


def check(history, cases):
    """cases: {id: [(part's name, words), …]}, opened with the private key, in the order of the store."""
    findings = list(history.surprises)
    places = {}
    for case, parts in cases.items():
        for at, (name, words) in enumerate(parts):
            places.setdefault(words, []).append((case, at, name))
    findings += _once(history, places)
    findings += _kept(history, places)
    findings += [f"I3 event {event}: a repeat got another answer: {first[:300]!r} and then {later[:300]!r}"
                 for event, first, later in history.repeats if first != later]
    return findings + list(_cases_of_nobody(history, cases))


def _once(history, places):
    known = {told.words for told in history.told()}
    for words, where in places.items():
        if words == LEAVES:
            continue
        if words not in known:
            yield f"I1 kept, but nobody said it: {words!r}"
        if len(where) > 1:
            yield f"I2 applied {len(where)} times: {words!r}"


def _kept(history, places):
    for report in history.reports:
        found = []
        for told in report.told:
            where = places.get(told.words, [])
            if told.acknowledged and report.saved and not where:
                yield f"I1 acknowledged and lost: {told.words!r}"
            if told.refused and where:
                yield f"I8 kept, but the worker was told it was not: {told.words!r}"
            other = where and where[0][2] != (told.name or where[0][2])
            if told.acknowledged and other and not told.arrived and not report.loose:
                yield f"I2 kept as {where[0][2]} instead of {told.name}: {told.words!r}"
            found += [(told.group, where[0])] if where and not _came_late(told) else []
        if report.loose:
            continue
        if len({case for _, (case, _, _) in found}) > 1:
            yield f"I2 one report in several cases: {[told.words for told in report.told]}"
        groups = [group for group, place in sorted(found, key=lambda one: one[1][1])]
        if groups != sorted(groups):
            yield f"I2 out of order: {[told.words for told in report.told]}"


def _came_late(told):
    """A recording that no step was told to be kept: the provider's word brings it, and by then its call may be forgotten."""
    return bool(told.recording) and not told.acknowledged


def _cases_of_nobody(history, cases):
    reported = Counter()
    of = {told.words: (index, told) for index, report in enumerate(history.reports) for told in report.told}
    for case, parts in cases.items():
        owned = [of[words] for _, words in parts if words in of]
        if not owned:
            yield f"I2 case {case} belongs to no report"
        reported.update({index for index, told in owned if not _came_late(told)})
    for index, count in reported.items():
        if count > 1 and not history.reports[index].loose:
            yield f"I2 a report was filed {count} times: {[told.words for told in history.reports[index].told]}"
