"""Facts about our modules, read from their manifests and files.

Commands, each printing one line:

    lhs MODULE          modules of others it needs, directly or through ours
    core MODULE         first of our modules with the same needs: they share a database
    before MODULE       module whose core database is the best start for this one's
    with MODULE         the module and those of ours it needs
    hash MODULE...      changes when a file that is installed (not a test) changes
"""

import ast
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    "security_workforce",
    "security_missions",
    "security_incidents",
    "security_access",
    "security_compliance",
)
# Not part of what a database is made of.
LEFT_OUT = {"tests", "__pycache__", "readme"}


def manifest(module):
    """The manifest of one of our modules, as a dictionary."""
    return ast.literal_eval((ROOT / module / "__manifest__.py").read_text())


def ours(module):
    """The module and those of ours it needs, in the order they install."""
    needed = {module}
    for name in manifest(module)["depends"]:
        if name in MODULES:
            needed.update(ours(name))
    return [name for name in MODULES if name in needed]


def others(module):
    """Sorted modules of others that the module needs, directly or through ours."""
    return sorted(
        {
            name
            for own in ours(module)
            for name in manifest(own)["depends"]
            if name not in MODULES
        }
    )


def core(module):
    """The first of our modules with the same needs."""
    return next(name for name in MODULES if others(name) == others(module))


def before(module):
    """The largest smaller core, or an empty string."""
    needs = set(others(module))
    smaller = [name for name in MODULES if set(others(name)) < needs]
    return core(max(smaller, key=lambda name: len(others(name)))) if smaller else ""


def installed_files(module):
    """The module's files that end up in a database or run there."""
    for path in sorted((ROOT / module).rglob("*")):
        parts = path.relative_to(ROOT / module).parts
        if path.is_file() and not LEFT_OUT.intersection(parts):
            yield path


def sources_hash(modules):
    """Short hash over names and contents of the installed files."""
    digest = hashlib.sha256()
    for module in modules:
        for path in installed_files(module):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    command, *names = sys.argv[1:]
    if command == "hash":
        print(sources_hash(names))
    elif command == "lhs":
        print(",".join(others(names[0])))
    elif command == "with":
        print(" ".join(ours(names[0])))
    elif command in ("core", "before"):
        print({"core": core, "before": before}[command](names[0]))
    else:
        sys.exit(__doc__)
