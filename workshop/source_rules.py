"""Which of the project's own rules about its source are broken?"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST_FILE = 400
# What the rules of law may import beside the standard library; a policy is numbers that a council chose.
PURE = {
    "placements/rules": ("placements.rules.",),
    "leaving_care/rules": ("leaving_care.rules.", "leaving_care.policy", "placements.rules."),
}
OUTSIDE = {".venv", ".venv-validator", "node_modules", "tests"}


def complaints(checkout: Path) -> list[str]:
    """A sentence for each broken rule."""
    return [*_long_files(checkout), *_impure_rules(checkout)]


def _long_files(checkout: Path) -> Iterator[str]:
    for file in sorted(checkout.rglob("*.py")):
        place = file.relative_to(checkout)
        if OUTSIDE & set(place.parts) or "migrations" in place.parts:
            continue
        lines = len(file.read_text().splitlines())
        if lines >= LONGEST_FILE:
            yield f"{place} has {lines} lines; a file stays under {LONGEST_FILE}: divide it by what it answers."


def _impure_rules(checkout: Path) -> Iterator[str]:
    for room, permitted in PURE.items():
        for file in sorted((checkout / room).rglob("*.py")):
            for imported in _imports(ast.parse(file.read_text())):
                if imported.partition(".")[0] not in sys.stdlib_module_names and not imported.startswith(permitted):
                    yield (
                        f"{file.relative_to(checkout)} imports {imported}; the rules of law import the standard "
                        "library and each other only: pass in what they need as a fact."
                    )


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)
