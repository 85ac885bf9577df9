"""Build budget: no file of ours costs more than ten seconds to compile in the dev preset.

    python3 tests/architecture/run.py build_budget BUILD_FOLDER

Ninja's log names the slowest; because its clock counts what else the machine did, a file over the budget is compiled
once more, alone and without a cache, and the processor time of that decides. Of a build on a busy machine only the
slowest few are compiled again. Other presets are only reported.
"""
import json
import os
import resource
import shlex
import subprocess

BUDGET_SECONDS = 10.0
MOST_COMPILED_AGAIN = 6
MOST_WHILE_BUSY = 2  # where three share a processor each of them takes a minute
TESTS_BUDGET_SECONDS = 15.0  # GoogleTest alone is a few of them


def bound(output):
    return TESTS_BUDGET_SECONDS if output.startswith("tests/") else BUDGET_SECONDS


def slowest(log):
    """(seconds, object file), slowest first; ninja appends, so the last line of an output holds."""
    took = {}
    for line in log.splitlines():
        fields = line.split("\t")
        if len(fields) >= 4 and fields[3].endswith(".o"):
            took[fields[3]] = (int(fields[1]) - int(fields[0])) / 1000
    return sorted(((seconds, output) for output, seconds in took.items()), reverse=True)


def is_dev(cache):
    """The plain development build: debug, clang, no sanitizer, no fuzzing."""
    value = {line.split(":")[0]: line.split("=", 1)[1] for line in cache.splitlines() if "=" in line and ":" in line}
    return (value.get("CMAKE_BUILD_TYPE") == "Debug" and not value.get("RIGHTSLINE_SANITIZE")
            and value.get("RIGHTSLINE_FUZZ", "OFF") == "OFF" and "clang" in value.get("CMAKE_CXX_COMPILER", ""))


def processor_seconds(folder, output):
    """Compiles one file again, without ccache, into nothing; None when its command is not known."""
    with open(os.path.join(folder, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    for entry in commands:
        words = shlex.split(entry["command"])
        if "-o" in words and words[words.index("-o") + 1] == output:
            words[words.index("-o") + 1] = os.devnull
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(words, cwd=entry["directory"], check=True, env={**os.environ, "CCACHE_DISABLE": "1"})
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return None


def verdicts(log, cache, measure):
    times = slowest(log)
    if times:
        print(f"slowest file: {times[0][1]} {times[0][0]:.1f} s (of {len(times)} files)")
    if not is_dev(cache):
        return []
    findings = []
    suspects = [output for seconds, output in times if seconds > bound(output)]
    most = MOST_WHILE_BUSY if os.getloadavg()[0] > 2 * (os.cpu_count() or 1) else MOST_COMPILED_AGAIN
    if len(suspects) > most:
        print(f"{len(suspects)} files took longer than their bound; the {most} slowest are compiled again")
    for output in suspects[:most]:
        cost = measure(output)
        if cost is not None and cost > bound(output):
            findings.append(f"{output}: {cost:.1f} s of processor time to compile, {bound(output):.0f} is the bound; "
                            "see what it includes (clang++ -ftime-trace)")
    return findings


def check(tree, folder=None):
    if folder is None:  # a sample: its measured cost stands beside its log
        return verdicts(tree["log"], tree["cache"], lambda output: float(tree["cost"]))
    try:
        with open(os.path.join(folder, ".ninja_log"), encoding="utf-8") as log, \
                open(os.path.join(folder, "CMakeCache.txt"), encoding="utf-8") as cache:
            return verdicts(log.read(), cache.read(), lambda output: processor_seconds(folder, output))
    except FileNotFoundError:
        print("no .ninja_log here: nothing was built with ninja, so there is nothing to hold against the budget")
        return []


LOG = "# ninja log v5\n0\t{}\t1\ta/b.cpp.o\t1\n0\t99000\t1\tlib.a\t2\n"
DEV = "CMAKE_BUILD_TYPE:STRING=Debug\nCMAKE_CXX_COMPILER:STRING=/usr/bin/clang++-19\nRIGHTSLINE_SANITIZE:STRING=\n"
SAMPLES = [
    ("in time", {"log": LOG.format(9900), "cache": DEV, "cost": "99"}, None),
    ("slow only because the machine was busy", {"log": LOG.format(30000), "cache": DEV, "cost": "6"}, None),
    ("mended since", {"log": LOG.format(30000) + "0\t500\t1\ta/b.cpp.o\t3\n", "cache": DEV, "cost": "30"}, None),
    ("sanitizers are slow", {"log": LOG.format(30000), "cache": DEV.replace("SANITIZE:STRING=", "SANITIZE:STRING=address"), "cost": "30"}, None),
    ("too slow", {"log": LOG.format(30000), "cache": DEV, "cost": "12"}, "a/b.cpp.o: 12.0 s"),
]
