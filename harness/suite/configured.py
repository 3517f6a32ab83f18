"""Settings from options, and what `@pytest.mark.fauxdoo(…)` changes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fauxdoo.harness.suite.options import flag, located, option, seeds
from fauxdoo.mockserver import Settings

if TYPE_CHECKING:
    import pytest

__all__ = ["changed", "marked", "settings_of"]

_NAMES = {field.name for field in fields(Settings)} - {"seed", "seeds"} | {"seed"}


def settings_of(config: pytest.Config) -> Settings:
    """The settings that the command line and the ini file ask for."""
    dialect = option(config, "dialect")
    given: dict[str, Any] = {"dialect": dialect} if dialect else {}
    return changed(Settings(seeds=seeds(config), validate=flag(config, "validate")), given)


def marked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The arguments of all markers of a test; those nearer to it win. Raises ValueError for positional ones."""
    found: dict[str, Any] = {}
    for marker in reversed([*request.node.iter_markers("fauxdoo")]):
        if marker.args:
            raise ValueError("@pytest.mark.fauxdoo takes named arguments only, such as dialect='odoo'")
        found.update(marker.kwargs)
    return found


def changed(settings: Settings, changes: Mapping[str, Any], folder: Path | None = None) -> Settings:
    """Settings with some of them given anew, as the marker and `make_odoo` take them.

    `seed` is a file, relative to `folder`, or a function, or several; `modules` may be one text. Raises ValueError
    for a name or a value that does not exist.
    """
    if not changes:
        return settings
    for name in changes:
        if name not in _NAMES:
            near = "".join(f"; is it {each}?" for each in get_close_matches(name, _NAMES, n=1))
            raise ValueError(f"Fauxdoo has no setting {name!r}{near}")
    values = dict(changes)
    if "seed" in values:
        values["seeds"] = tuple(_found(seed, folder) for seed in _several(values.pop("seed")))
    if "modules" in values:
        names = values["modules"]
        values["modules"] = (
            tuple(filter(None, map(str.strip, names.split(",")))) if isinstance(names, str) else (*names,)
        )
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    if values.get("dialect", "odoo") not in ("guide", "odoo"):
        raise ValueError(f"there is no dialect {values['dialect']!r}, but guide and odoo")
    return replace(settings, **values)


def _several(seed: Any) -> Iterable[Any]:
    return seed if isinstance(seed, (list, tuple)) else [seed]


def _found(seed: Any, folder: Path | None) -> Any:
    if isinstance(seed, (str, Path)):
        return located(str(seed), *([folder] if folder else []))
    if callable(seed):
        return seed
    raise ValueError(f"a seed is a file, 'module:function' or a function, not {seed!r}")
