"""Imports go one way: contracts and shared nouns at the bottom, then stores, orm, models, dispatch, protocols, app."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("contracts", "mockserver", "harness", "loadtests")
LAYERS: list[set[str]] = [
    {"errors", "calls", "sharing", "users", "clock", "records", "trace", "certificates"},
    {"settings"},
    {"turnstile"},
    {"passwords", "dialects", "journal", "sessions", "safe_eval"},
    {"stores"},
    {"orm"},
    {"api", "fields"},
    {"models"},
    {"access", "auth", "schemas", "signatures"},
    {"databases", "demo", "seeds"},
    {"retrying"},
    {"dispatch", "crons", "local", "cluster", "stubs", "assertions"},
    {"reports", "copies", "privileges", "state", "webhooks"},
    {"protocols"},
    {"faults", "validation"},
    {"capacity"},
    {"console"},
    {"app", "serving"},
    {"fake"},
]
"""The parts of mockserver from below; a part imports lower ones only. The first five are for all."""
RANKS = {unit: rank for rank, units in enumerate(LAYERS) for unit in units}
HARNESS_MAY_USE = {"", "capacity", "settings", "errors", "certificates", "journal", "records", "schemas", "seeds"}
"""Public modules of the server: `fauxdoo.mockserver` itself and what has no state."""


def _sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    """Names of ours that a file imports while it runs; `if TYPE_CHECKING:` blocks import nothing."""
    for node in _executed(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("fauxdoo"))
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            if (node.module or "").startswith("fauxdoo"):
                yield from (_module(f"{node.module}.{alias.name}") for alias in node.names)


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from _executed(child)


def _module(name: str) -> str:
    """`name` if it is a module, else the module it is taken from."""
    path = ROOT.joinpath(*name.split(".")[1:])
    if name in ("fauxdoo.mockserver.api", "fauxdoo.mockserver.fields"):
        return name  # the orm's, shown under the name Odoo gives them
    return name if path.is_dir() or path.with_suffix(".py").is_file() else name.rpartition(".")[0]


def _unit(module: str) -> str:
    """The member of mockserver that a module belongs to, '' for mockserver itself."""
    return (module.split(".") + [""] * 2)[2]


def _unit_of(path: Path) -> str:
    return path.relative_to(ROOT / "mockserver").parts[0].removesuffix(".py")


def _labels(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", _sources("mockserver"), ids=_labels(_sources("mockserver")))
def test_mockserver_imports_downwards(path: Path) -> None:
    """A part of the server imports its own package, lower parts and contracts, nothing else of ours."""
    own = _unit_of(path)
    if own == "__init__":
        return
    for module in _imports(path):
        top = module.split(".")[1]
        assert top in {"contracts", "mockserver"}, f"{path} imports {module}"
        unit = _unit(module)
        if top == "mockserver" and unit != own:
            assert RANKS[unit] < RANKS[own], f"{path} imports {module}"


def test_every_part_has_a_rank() -> None:
    """A new part of the server has its place in the order."""
    units = {_unit_of(path) for path in _sources("mockserver")} - {"__init__"}
    assert units <= RANKS.keys()


def test_contracts_import_nothing_of_ours() -> None:
    """The data stand alone."""
    for path in _sources("contracts"):
        assert all(module.startswith("fauxdoo.contracts") for module in _imports(path)), path


def test_harness_uses_public_names() -> None:
    """The harness sees the server's public modules only; the command line may know all sides."""
    for path in _sources("harness"):
        commands = path.parent.name == "cli"
        for module in _imports(path):
            top = module.split(".")[1]
            if not commands and top == "mockserver":
                assert _unit(module) in HARNESS_MAY_USE, f"{path} imports {module}"
            assert top != "loadtests" or commands, f"{path} imports {module}"


def test_loadtests_speak_http() -> None:
    """Load tests import nothing of ours."""
    for path in _sources("loadtests"):
        assert all(module.startswith("fauxdoo.loadtests") for module in _imports(path)), path
