"""kill -9 of the server and of Redis at the outbox' and the desk's named points, and a provider that misbehaves.

    sends_test.py --binary … --source … --folder … --tool … --emulator … --clock … [--rounds 24] [--seed 1]
"""
import sys
import time

from proof import options_of, verdict
from sending import FAULTS, JEAN
from sends import SendsRun

POINTS = ("claimed", "submitting", "sent", "resolved", "alert_moved")


def sends_options(description):
    parser = options_of(description)
    for name in ("tool", "emulator", "clock"):
        parser.add_argument("--" + name, required=True)
    return parser.parse_args()


def passes_of(point, random):
    """Claims go round and round; the others come with work."""
    return random.randrange(2, 12) if point == "claimed" else random.randrange(1, 4)


def plan_of(index, random):
    """One point after the other; in every second round Redis dies first."""
    point = POINTS[index % len(POINTS)]
    plan = f"{point}:{passes_of(point, random)}"
    if index % 2 == 0:
        return plan
    store = random.choice(POINTS)
    return f"{store}:{passes_of(store, random)}:store,{plan}"


def main():
    options = sends_options(__doc__)
    rounds = options.rounds or 24
    started = time.monotonic()
    with SendsRun(options, "sends") as run:
        run.misbehave(FAULTS)
        for index in range(rounds):
            if index == rounds // 2:
                run.start()
                run.say_stop(JEAN)
                run.victim.kill()
            run.round(plan_of(index, run.random))
        findings = run.findings()
        print(f"seed {options.seed}, {time.monotonic() - started:.0f} s: {run.summary()}")
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
