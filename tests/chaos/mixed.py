"""One episode: a world, its nemesis, its judge; and the words in which it is told."""
import json
import os

from nemesis import Nemesis
from world import World


def episode(options, name, seed, count, kinds=None, rare=0.0, **of_world):
    """Until so many faults were made. Returns (findings, figures)."""
    with World(options, name, seed, **of_world) as world:
        world.begin()
        nemesis = Nemesis(world, *([kinds] if kinds else []), rare=rare)
        made = 0
        while made < count:
            made += nemesis.step()
        world.note("the last fault is over")
        findings = world.findings()
        world.note("judged")
        figures = figures_of(world, nemesis, made)
        if findings:
            tell(world, findings)
        return findings, figures


def figures_of(world, nemesis, made):
    told = world.history.told()
    answered = sorted(one.end - one.start for one in world.carrier.answers if one.answered)
    return {"faults": made, "kinds": world.faults, "power cuts": world.power_cuts, "bytes lost": world.lost,
            "turns": len(answered), "parts": sum(one.acknowledged for one in told), "reports": len(world.history.reports),
            "cries": len(world.cried), "replies": len(world.facts.replies), "sends": len(world.facts.sends),
            "doubts": sum(state["doubts"] for state in world.facts.states.values()),
            "repeats": len(world.history.repeats), "doubled": world.carrier.doubled, "again": world.carrier.again,
            "not kept": world.carrier.refusals, "unsure": world.carrier.unsure, "late": world.late,
            "answers": answered, "to accept": world.to_accept, "to accept with store": world.to_accept_with_store, "healing": nemesis.slowest_healing,
            "slack": world.slack.worst()}


def add(total, figures):
    for name, value in figures.items():
        if name == "kinds":
            kinds = total.setdefault("kinds", {})
            for kind, count in value.items():
                kinds[kind] = kinds.get(kind, 0) + count
        elif name in ("healing", "slack"):
            total[name] = max(total.get(name, 0.0), value)
        else:
            total[name] = total.get(name, type(value)()) + value
    return total


def share(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))] if values else 0


def in_words(figures):
    return (f"{figures['faults']} faults, {figures['power cuts']} power cuts ({figures['bytes lost']} bytes lost), "
            f"{figures['turns']} webhooks answered (p99 {share(figures['answers'], .99):.2f} s, slowest "
            f"{share(figures['answers'], 1):.2f} s, {figures['late']} over budget by the machine), {figures['reports']} "
            f"reports, {figures['parts']} acknowledged parts, {figures['cries']} cries for help (alert accepted: p99 "
            f"{share(figures['to accept'], .99) / 1000:.1f} s), {figures['replies']} replies, {figures['sends']} sends, "
            f"{figures['doubts']} doubts, {figures['repeats']} repeats compared, {figures['doubled']} webhooks to both "
            f"servers at once, {figures['not kept']} told 'not kept', healed within {figures['healing']:.1f} s, this "
            f"machine was late by {figures['slack']:.2f} s")


def tell(world, findings):
    """The schedule, the history and what was found, for who looks into it."""
    path = os.path.join(world.folder, "story.json")
    with open(path, "w") as out:
        json.dump({"seed": world.seed, "name": world.name, "findings": findings, "schedule": world.log,
                   "trace": world.carrier.trace, "recordings": world.provider.asked, "held": world.facts.held, "jumps": world.facts.jumps, "states": world.facts.states, "stops": world.facts.stops,
                   "reports": [vars(report) | {"told": [vars(one) for one in report.told]}
                               for report in world.history.reports],
                   "sends": [vars(send) for send in world.facts.sends]}, out, indent=1)
    print(f"seed {world.seed}: the schedule and the history are in {path}")
    print("\n".join(world.log[-40:]))
