"""Acceptance: every line of acceptance.txt names tests that are there, or says why nothing holds it yet, or what was agreed since.

    python3 tests/stories/acceptance.py

Prints what is open, and what is done otherwise than it was first agreed. How many rows are open, and how many amended, is
written down in the table itself: whoever holds one more, or loses one, changes that number in the same commit. A row is a line
that begins with its id; below it stand, indented, its tests (a gtest's Suite.Name, a name of ctest, FILE.test.yaml: title,
FILE.test.ts: title), `open: why`, and `amended: what is done instead, and what asks for it`, which needs a test that holds it.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "architecture"))
sys.dont_write_bytecode = True
import tree as our_tree  # noqa: E402

TABLE = "tests/stories/acceptance.txt"
# How many lines each part of what was agreed has; a line with letters (F1.1a, F1.1b) is one.
PARTS = {"F1": 6, "F2": 3, "F3": 6, "F4": 3, "F5": 6, "F6": 5, "F7": 5, "F8": 4, "F9": 5, "F11": 4, "F12": 4, "F13": 2, "F14": 5, "F16": 3, "F22": 1,
         "F27": 2, "F30": 1, "story": 8, "thief": 8, "bad": 6, "shown": 6}
ROW = re.compile(r"([A-Za-z]+\d*)\.(\d+)([a-z]?) (\S.*)")
GTEST = re.compile(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST)\((\w+),\s*(\w+)", re.M)
SCRIPT = re.compile(r'^test: "((?:[^"\\]|\\.)*)"', re.M)
WEB = re.compile(r"""^\s*(?:test|it)(?:\.\w+)*\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1""", re.M)


class Row:
    def __init__(self, number, part, place, letter, words):
        self.number, self.part, self.place, self.letter, self.words = number, part, int(place), letter, words
        self.tests, self.open, self.amended = [], [], []

    @property
    def name(self):
        return f"{self.part}.{self.place}{self.letter}"


def rows_of(text):
    """(rows, how many are said to be open and amended, mistakes)."""
    rows, pinned, wrong = [], {}, []
    for number, line in enumerate(text.splitlines(), 1):
        row, said = ROW.fullmatch(line), re.fullmatch(r"(open|amended) rows: (\d+)", line)
        if not line.strip() or line.startswith("#"):
            continue
        if said:
            pinned[said.group(1)] = int(said.group(2))
        elif row:
            rows.append(Row(number, *row.groups()))
        elif line.startswith("    open: ") and rows:
            rows[-1].open.append(line[10:])
        elif line.startswith("    amended: ") and rows:
            rows[-1].amended.append(line[13:])
        elif line.startswith("    ") and rows:
            rows[-1].tests.append(line.strip())
        else:
            wrong.append(f"{TABLE}:{number}: neither a row, a test below one, nor `open: why`")
    return rows, pinned, wrong


def known_tests(tree):
    """Every name that a row may say."""
    known = set()
    for name, text in tree.items():
        if name.startswith("tests/") and name.endswith(".cpp"):
            known |= {f"{suite}.{test}" for suite, test in GTEST.findall(text) if "DISABLED_" not in suite + test}
        elif name.startswith("flows/") and name.endswith(".test.yaml"):
            known |= {f"{name}: {title}" for title in SCRIPT.findall(text)}
        elif name.startswith("tests/console/") and name.endswith(".test.ts"):
            known |= {f"{name}: {title}" for _, title in WEB.findall(text)}
        elif re.fullmatch(r"tests/[a-z]+/CMakeLists.txt", name):
            room = name.split("/")[1]
            known |= {f"{room}.{word}" for word in re.findall(r"[a-z]\w*", re.sub(r"#.*", "", text))}
    return known


def missing_places(rows):
    found = []
    for part, most in PARTS.items():
        there = [row.place for row in rows if row.part == part]
        found += [f"{TABLE}: {part}.{place} is missing" for place in range(1, most + 1) if place not in there]
        found += [f"{TABLE}: {part}.{place} is one more than there are" for place in there if place > most]
    return found + [f"{TABLE}:{row.number}: {row.part} is no part of what was agreed" for row in rows if row.part not in PARTS]


def check(tree):
    """(mistakes, rows)."""
    rows, pinned, wrong = rows_of(tree.get(TABLE, ""))
    known, seen = known_tests(tree), set()
    wrong += missing_places(rows)
    for row in rows:
        place = f"{TABLE}:{row.number}: {row.name}"
        wrong += [f"{place}: there is no test {test}" for test in row.tests if test not in known]
        if not row.tests and not row.open and not row.amended:
            wrong.append(f"{place}: names no test, and does not say `open: why`")
        if row.amended and (row.open or not row.tests):
            wrong.append(f"{place}: what is amended is done otherwise: name the test that holds it, and split off what is open")
        if row.name in seen:
            wrong.append(f"{place}: stands twice")
        seen.add(row.name)
    for word, there in (("open", sum(bool(row.open) for row in rows)), ("amended", sum(bool(row.amended) for row in rows))):
        if pinned.get(word, 0) != there:
            wrong.append(f"{TABLE}: says `{word} rows: {pinned.get(word, 0)}`, and {there} are: write the number that is true")
    return wrong, rows


SOURCES = {"tests/x_test.cpp": "TEST_F(Codes, Check) {\nTEST(Codes, DISABLED_Later) {\n", "flows/p/a.test.yaml": 'test: "a yes"\n',
           "tests/console/unit/a.test.ts": "  test('opens', () => {\n", "tests/chaos/CMakeLists.txt": "rightsline_chaos(kills) # none\n"}
SAMPLES = (
    ("whole", "open rows: 1\nF1.1 a\n    Codes.Check\n    flows/p/a.test.yaml: a yes\nF1.2a b\n    chaos.kills\n    open: c\n"
     "F1.2b d\n    tests/console/unit/a.test.ts: opens\n", None),
    ("a test that is gone", "open rows: 0\nF1.1 a\n    Codes.Gone\nF1.2 b\n    Codes.Check\n", "no test Codes.Gone"),
    ("a disabled one", "open rows: 0\nF1.1 a\n    Codes.DISABLED_Later\nF1.2 b\n    Codes.Check\n", "no test Codes.DISABLED"),
    ("a script that is gone", "open rows: 0\nF1.1 a\n    flows/p/a.test.yaml: a no\nF1.2 b\n    Codes.Check\n", "a no"),
    ("a word of a comment", "open rows: 0\nF1.1 a\n    chaos.none\nF1.2 b\n    Codes.Check\n", "no test chaos.none"),
    ("nothing named", "open rows: 0\nF1.1 a\nF1.2 b\n    Codes.Check\n", "names no test"),
    ("a line left out", "open rows: 0\nF1.1 a\n    Codes.Check\n", "F1.2 is missing"),
    ("one too many", "open rows: 0\nF1.1 a\n    Codes.Check\nF1.2 b\n    Codes.Check\nF1.3 c\n    Codes.Check\n", "one more"),
    ("twice", "open rows: 0\nF1.1 a\n    Codes.Check\nF1.1 b\n    Codes.Check\nF1.2 c\n    Codes.Check\n", "stands twice"),
    ("a new hole", "open rows: 0\nF1.1 a\n    open: later\nF1.2 b\n    Codes.Check\n", "write the number"),
    ("a hole that was filled", "open rows: 1\nF1.1 a\n    Codes.Check\nF1.2 b\n    Codes.Check\n", "write the number"),
    ("amended", "open rows: 0\namended rows: 1\nF1.1 a\n    Codes.Check\n    amended: b\nF1.2 b\n    Codes.Check\n", None),
    ("amended, and not counted", "open rows: 0\nF1.1 a\n    Codes.Check\n    amended: b\nF1.2 b\n    Codes.Check\n", "write the number"),
    ("amended, and held by nothing", "open rows: 0\namended rows: 1\nF1.1 a\n    amended: b\nF1.2 b\n    Codes.Check\n", "name the test"),
    ("amended and open", "open rows: 1\namended rows: 1\nF1.1 a\n    Codes.Check\n    amended: b\n    open: c\nF1.2 b\n    Codes.Check\n",
     "split off"),
    ("another part", "open rows: 0\nF1.1 a\n    Codes.Check\nF1.2 b\n    Codes.Check\nG1.1 c\n    Codes.Check\n", "no part"),
    ("stray words", "open rows: 0\nF1.1 a\n    Codes.Check\nF1.2 b\n    Codes.Check\nand so on\n", "neither a row"),
)


def self_test():
    wrong, parts = [], dict(PARTS)
    PARTS.clear()
    PARTS["F1"] = 2
    for label, table, expected in SAMPLES:
        found, _ = check({**SOURCES, TABLE: table})
        if expected is None and found:
            wrong.append(f"self-test: the good sample '{label}' was refused: {found[0]}")
        if expected is not None and not any(expected in one for one in found):
            wrong.append(f"self-test: '{label}' was not caught (wanted '{expected}', found {found})")
    PARTS.clear()
    PARTS.update(parts)
    return wrong


def main():
    wrong = self_test()
    found, rows = check(our_tree.files())
    for row in rows:
        for word, reasons in (("open", row.open), ("amended", row.amended)):
            for number, why in enumerate(reasons):
                print(f"{word} {row.name}: {row.words}\n        {why}" if number == 0 else f"        {why}")
    print(f"{sum(bool(row.open) for row in rows)} rows are open, {sum(bool(row.amended) for row in rows)} amended")
    for line in wrong + found:
        print(line)
    return 1 if wrong or found else 0


if __name__ == "__main__":
    sys.exit(main())
