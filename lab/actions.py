#!/usr/bin/env python3
"""Tells where the processor's time of a build went, of the compilers and linkers alone: actions.py ACTIONS.JSON..., as
go build -debug-actiongraph writes them. For each program that is linked: what it would take alone, and what none of the
others needs; then the modules that take most.
"""
import collections
import json
import sys


def seconds(action):
    return (action.get("CmdUser", 0) + action.get("CmdSys", 0)) / 1e9


def module(package):
    parts = package.split("/")
    return "/".join(parts[:3 if parts[0] == "github.com" else 2]) if "." in parts[0] else "Go"


for file in sys.argv[1:]:
    with open(file, encoding="utf-8") as text:
        actions = {action["ID"]: action for action in json.load(text)}
    needed = {}
    for link in (action for action in actions.values() if action["Mode"] == "link"):
        needed[link["Package"]], left = set(), [link["ID"]]
        while left:
            one = left.pop()
            if one not in needed[link["Package"]]:
                needed[link["Package"]].add(one)
                left += actions[one].get("Deps") or []
    times = collections.Counter(one for needs in needed.values() for one in needs)
    for program, needs in sorted(needed.items()):
        print(f"    {sum(map(seconds, map(actions.get, needs))):6.1f} s, of which "
              f"{sum(seconds(actions[one]) for one in needs if times[one] == 1):5.1f} s for it alone: {program}")
    shared = sum(seconds(actions[one]) for one, count in times.items() if count > 1)
    print(f"    {shared:6.1f} s for more than one of them")
    modules = collections.Counter()
    for action in actions.values():
        modules["linking" if action["Mode"] == "link" else module(action.get("Package") or "")] += seconds(action)
    for name, sum_of_it in modules.most_common(25):
        print(f"    {sum_of_it:6.1f} s  {name}")
