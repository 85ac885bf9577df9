"""Notes: what monitors note of a case reaches no worker. Only the files that keep, check and delete notes name their key,
and the rooms that answer workers include nothing that reads them."""
import re

import tree as our_tree

KEEPERS = ("gateway/stores/keyspace.hpp", "gateway/cases/notes.cpp", "gateway/cases/case_desk.cpp",
           "gateway/cases/case_file.cpp", "gateway/cases/case_desk_notes.cpp", "gateway/cases/month_gather.cpp",
           "gateway/cases/retention_desk.cpp", "gateway/cases/reseal_desk.cpp", "gateway/cases/reseal_older.cpp",
           "gateway/keep/walk_casework.cpp")
ANSWER_WORKERS = ("locales/", "redis/", "flows/", "gateway/providers/", "gateway/spool/", "gateway/outbox/", "gateway/blasts/",
                  "gateway/conversations/", "gateway/hooks/")
HEADERS = ("gateway/cases/notes.hpp", "gateway/cases/case_desk.hpp")


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree).items():
        bare = our_tree.code(text)
        for match in re.finditer(r"\bcase_notes\b", bare):
            if name not in KEEPERS:
                findings.append(f"{name}:{our_tree.line_of(bare, match.start())}: names the key of notes; "
                                "ask the desk of the cases (gateway/cases/case_desk.hpp), or leave it")
        for match in re.finditer(r'"[^"\n]*\bkn:', text):
            if name != KEEPERS[0]:
                findings.append(f"{name}:{our_tree.line_of(text, match.start())}: spells the key of notes")
        for line, _, included in our_tree.includes(text):
            if included in HEADERS and name.startswith(ANSWER_WORKERS):
                findings.append(f"{name}:{line}: {included}: this room answers workers and knows no note")
    return findings


SAMPLES = [
    ("the desk reads them", {"gateway/cases/case_desk.cpp": "auto k = keys.case_notes(id);\n"}, None),
    ("the API asks the desk", {"gateway/api/a.cpp": '#include "gateway/cases/case_desk.hpp"\n'}, None),
    ("a turn reads them", {"gateway/conversations/deeds.cpp": "auto k = keys.case_notes(id);\n"}, "names the key of notes"),
    ("a turn spells them", {"gateway/conversations/deeds.cpp": 'auto k = "kn:" + id;\n'}, "spells the key of notes"),
    ("a turn asks the desk", {"gateway/conversations/a.cpp": '#include "gateway/cases/case_desk.hpp"\n'}, "knows no note"),
    ("a flow opens one", {"flows/a.cpp": '#include "gateway/cases/notes.hpp"\n'}, "knows no note"),
]
