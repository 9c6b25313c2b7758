#!/usr/bin/env python3
"""Writes the go.mod and go.sum of every component that is built, so that all of them agree on the versions of the modules
that they share: what is compiled for one then serves the others.

    align.py [MODULE@VERSION...]

The versions that the components' go.mod files require are the least that they get; those given here come first. A
component whose folder has a file `alone` keeps its own. Each replacement in a go.mod holds for all.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COMPONENTS = pathlib.Path(__file__).resolve().parent / "components"


def go(folder, *arguments):
    ran = subprocess.run(["go", *arguments], cwd=folder, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"go {' '.join(arguments)}, in {folder}:\n{ran.stderr[-3000:]}")
    return ran.stdout


def order(version):
    release, _, pre = re.sub(r"\+.*", "", version)[1:].partition("-")
    return [int(number) for number in release.split(".")], not pre, [(part.isdigit(), int(part) if part.isdigit() else 0, part)
                                                                     for part in pre.split(".")]


class Module:
    """A go.mod as far as it matters here."""

    def __init__(self, folder):
        self.folder = folder
        self.name = folder.name
        conf = folder / "component.conf"
        self.released = conf.exists() and re.search(r"^module = (\S+)$", conf.read_text(), re.M).group(1)
        self.main = (folder / "main.go").exists()
        text = (folder / "go.mod").read_text()
        self.go = re.search(r"^go (\S+)$", text, re.M).group(1)
        self.replaced = sorted(set(re.findall(r"^(?:replace )?\t?(\S+ => \S+ v\S+)$", text, re.M)))
        self.tools = re.findall(r"^(?:tool |\t)([^\s()]+)$", text, re.M)
        self.required = dict(re.findall(r"^(?:require |\t)(\S+) (v\S+)(?: // indirect)?$", text, re.M))

    def packages(self):
        return [f"./{self.name}"] if self.main else self.tools


def text_of(name, version, replaced, tools, required):
    lines = [f"module lab/{name}", "", f"go {version}", ""]
    for replacement in replaced:
        lines += [f"replace {replacement}", ""]
    lines += ["tool (", *(f"\t{tool}" for tool in tools), ")", ""] if tools else []
    return "\n".join(lines + ["require (", *(f"\t{module} {at}" for module, at in sorted(required.items())), ")", ""])


def union(modules, asked, replaced, work):
    """The go.mod of all of them: the newest version that any requires, and what that brings along."""
    required = {}
    for module in modules:
        for name, version in module.required.items():
            if name not in required or order(version) > order(required[name]):
                required[name] = version
    required.update(asked)
    # A module that requires libraries of its own repository at v0.0.0 releases them as v0, with its own minor and patch.
    for released in (module.released for module in modules if module.released in required):
        answer = go(work, "mod", "download", "-json", f"{released}@{required[released]}")
        text = pathlib.Path(re.search(r'"GoMod": "(.*)"', answer).group(1)).read_text()
        own = "v0" + required[released][required[released].index("."):]
        required.update((name, own) for name in re.findall(r"^\t(\S+) v0\.0\.0$", text, re.M))
    for module in modules:
        if module.main:
            (work / module.name).mkdir()
            for file in module.folder.glob("*.go"):
                shutil.copy(file, work / module.name)
    (work / "go.mod").write_text(text_of("all", "1.26.0", replaced, [tool for module in modules for tool in module.tools], required))
    go(work, "mod", "tidy")
    return Module(work).required


def main():
    os.environ.setdefault("GOTOOLCHAIN", "auto")
    asked = dict(argument.split("@") for argument in sys.argv[1:])
    modules = [Module(file.parent) for file in sorted(COMPONENTS.glob("*/go.mod"))
               if not (file.parent / "release.txt").exists() and not (file.parent / "alone").exists()]
    everywhere = sorted({one for module in modules for one in module.replaced})
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "all").mkdir()
        versions = union(modules, asked, everywhere, work / "all")
        for module in modules:
            listed = go(work / "all", "list", "-mod=readonly", "-deps", "-f", "{{with .Module}}{{.Path}} {{.GoVersion}}{{end}}",
                        *module.packages())
            listed = dict((line + " ").split(" ")[:2] for line in listed.splitlines() if line)
            uses = {name for name in listed if name in versions}
            language = max([module.go, *filter(None, listed.values())], key=lambda text: [int(part) for part in re.findall(r"\d+", text)])
            replaced = [one for one in everywhere if one.split()[0] in uses]
            own = work / module.name
            own.mkdir()
            for file in module.folder.glob("*.go"):
                shutil.copy(file, own)
            (own / "go.mod").write_text(text_of(module.name, language, replaced, module.tools, {name: versions[name] for name in uses}))
            go(own, "list", "-mod=mod", "-deps", *(["."] if module.main else module.tools))
            other = {name: version for name, version in Module(own).required.items() if versions.get(name, version) != version}
            if other:
                sys.exit(f"{module.name} does not keep to the versions of all: {other}")
            for file in ("go.mod", "go.sum"):
                shutil.copy(own / file, module.folder / file)
            print(f"{module.name}: {len(uses)} modules")


main()
