"""The catalogue as it is with some modules only: what the others bring is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from fauxdoo.contracts.indexing import index_of, needed
from fauxdoo.contracts.loader import Catalogue
from fauxdoo.contracts.reduction import reduced, reduced_records
from fauxdoo.contracts.xmlids import Xmlids

__all__ = ["Selection", "UnknownModule", "selected"]


class UnknownModule(ValueError):
    """A module was asked for that the catalogue knows nothing of: its facts were read where it was not installed."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"module {name!r} cannot be served; known are: {', '.join(known)}")


def selected(names: Iterable[str] = ()) -> Catalogue:
    """The catalogue of Odoo 19.0 with these modules and what comes with them; without names all of it.

    Raises UnknownModule. The same modules give the same object for the whole process.
    """
    full = Catalogue.odoo_19()
    wanted = tuple(names)
    return _selection(closure(wanted, full.modules)) if wanted else full


def closure(names: Iterable[str], modules: Mapping[str, dict[str, Any]]) -> frozenset[str]:
    """The modules that are installed when these are: what they depend on, and those that then install themselves.

    Raises UnknownModule for a module that is not installed in the catalogue.
    """
    available = {name: facts for name, facts in modules.items() if facts["state"] == "installed"}
    for name in names:
        if name not in available:
            raise UnknownModule(name, available)
    found = {"base", *names}
    while True:
        found |= needed(found, available)
        automatic = (name for name in available if available[name]["auto_install"])
        more = {name for name in automatic if found.issuperset(available[name]["depends"])}
        if more <= found:
            return frozenset(found)
        found |= more


@cache
def _selection(installed: frozenset[str]) -> Selection:
    return Selection(Catalogue.odoo_19(), installed)


class Selection(Catalogue):
    """A catalogue with some of the modules of another. Models and fields are numbered anew, records keep their ids."""

    def __init__(self, full: Catalogue, installed: frozenset[str]) -> None:
        super().__init__(full.root)
        self._full, self._installed = full, installed

    @cached_property
    def index(self) -> dict[str, Any]:
        """The index of what is left."""
        return index_of(self._reduced, self._full.modules)

    @cached_property
    def modules(self) -> dict[str, dict[str, Any]]:
        """Every module known to the server; those left out are uninstalled."""
        left_out = {name for name, facts in self._full.modules.items() if facts["state"] == "installed"}
        left_out -= self._installed
        states = {name: {"state": "uninstalled"} for name in left_out}
        return {name: {**facts, **states.get(name, {})} for name, facts in self._full.modules.items()}

    @cached_property
    def data_models(self) -> list[str]:
        """The names of the models a fresh database has records of, sorted."""
        return [name for name in self._full.data_models if name in self]

    @cached_property
    def xmlids(self) -> Xmlids:
        """The external ids of what is left."""
        known = self._full.xmlids.records.items()
        return Xmlids(self, {xmlid: record for xmlid, record in known if self._has(xmlid, *record)})

    def model(self, name: str) -> dict[str, Any]:
        """The description of model `name` without what the other modules add; KeyError if there is none."""
        return self._reduced[name]

    def data(self, name: str) -> list[dict[str, Any]]:
        """The records of model `name` that these modules bring."""
        return self._records.get(name, [])

    @cached_property
    def _reduced(self) -> dict[str, dict[str, Any]]:
        return reduced(self._full, self._installed)

    @cached_property
    def _records(self) -> dict[str, list[dict[str, Any]]]:
        return reduced_records(self._full, self._reduced, self._installed)

    @cached_property
    def _ids(self) -> dict[str, set[int]]:
        return {name: {record["id"] for record in records} for name, records in self._records.items()}

    def _has(self, xmlid: str, model: str, res_id: int) -> bool:
        if xmlid.partition(".")[0] not in self._installed or model not in self:
            return False
        return model not in self._ids or res_id in self._ids[model]
