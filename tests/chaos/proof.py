"""What every proof of this folder has: its options and its end."""
import argparse
import os


def options_of(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("RL_CHAOS_ROUNDS", "0")))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("RL_CHAOS_SEED", "1")))
    return parser


def verdict(findings, word="FOUND"):
    """Says what was found; the exit code."""
    for finding in findings:
        print(word, finding)
    return 1 if findings else 0
