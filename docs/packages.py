#!/usr/bin/env python3
"""Draws which packages of a module use which, from the compiled classes; a cycle is red. Between modules Maven allows none.

    mvn -q compile && docs/packages.py docs/packages.svg

Needs the JDK's jdeps and Graphviz's dot.
"""
import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def edges(root):
    """Pairs (user, used) of packages of one module."""
    with tempfile.TemporaryDirectory() as folder:
        for classes in sorted(root.glob("wsss-*/target/classes")):
            shutil.copytree(classes / "dev", pathlib.Path(folder) / "dev", dirs_exist_ok=True)
        text = subprocess.run(
            ["jdeps", "-verbose:package", "-e", r"dev\.wsss\..*", "--ignore-missing-deps", folder],
            capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^   (dev\.wsss\.\S+)\s+-> (dev\.wsss\.\S+)", text, re.M)
    return sorted({pair for pair in found if pair[0] != pair[1] and module(pair[0]) == module(pair[1])})


def module(package):
    return package.split(".")[2]


def reached(start, graph):
    seen, open_ = set(), [start]
    while open_:
        for used in graph[open_.pop()] - seen:
            seen.add(used)
            open_.append(used)
    return seen


def dot(pairs):
    graph = collections.defaultdict(set)
    modules = collections.defaultdict(set)
    for user, used in pairs:
        graph[user].add(used)
        for package in (user, used):
            modules[module(package)].add(package)
    lines = ["digraph { rankdir=LR; ranksep=0.8; nodesep=0.12; newrank=true;",
             'node [shape=box, fontname="sans-serif", fontsize=11, height=0.25, style=filled, fillcolor=white];',
             'edge [color="#8899aa", arrowsize=0.6];']
    for name, packages in sorted(modules.items()):
        lines.append(f'subgraph cluster_{name} {{ label="wsss-{name}"; fontname="sans-serif"; '
                     'style=filled; color="#eef1f4";')
        for package in sorted(packages):
            lines.append(f'"{package}" [label="{package.split(".", 3)[3] if package.count(".") > 2 else name}"];')
        lines.append("}")
    for user, used in pairs:
        cycle = user in reached(used, graph)
        lines.append(f'"{user}" -> "{used}"' + (' [color=red, penwidth=2];' if cycle else ";"))
    return "\n".join(lines + ["}"])


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    source = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent.parent)
    subprocess.run(["dot", "-T" + target.suffix[1:], "-o", target], input=dot(edges(source)), text=True, check=True)
