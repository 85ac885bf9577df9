"""kill -9 of the server and of Redis at named points between load, commit and answer, while workers report.

    kills_test.py --binary build/dev/rightsline --source . --folder build/dev/chaos [--rounds 30] [--seed 1]
"""
import sys
import time

from chaos import RECORDING_POINTS, TURN_POINTS, Run
from proof import options_of, verdict


def main():
    options = options_of(__doc__).parse_args()
    rounds = options.rounds or 30
    started = time.monotonic()
    with Run(options, "kills", seed=options.seed) as run:
        run.start_workers()
        for index in range(rounds):
            points = RECORDING_POINTS if index % 4 == 3 else (TURN_POINTS[index % 4],)
            run.round(run.plan(points))
        findings = run.findings()
        print(f"seed {options.seed}, {time.monotonic() - started:.0f} s: {run.summary()}")
    return verdict(findings)


if __name__ == "__main__":
    sys.exit(main())
