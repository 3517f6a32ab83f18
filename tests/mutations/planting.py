"""A pytest plugin, `-p tests.mutations.planting`: the module of the fault `FAUXDOO_MUTATION` is read with it in it."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from hypothesis import Phase, settings

from tests.mutations.mutations import MUTATIONS, Mutation


class _Loader(SourceFileLoader):
    """Reads a file with one text in the place of another."""

    mutation: Mutation

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_source(fullname)
        found = source.count(self.mutation.old)
        if found != 1:
            raise ImportError(f"{self.mutation.name}: {fullname} has {self.mutation.old!r} {found} times")
        return self.source_to_code(source.replace(self.mutation.old, self.mutation.new).encode(), self.path)


class _Finder(MetaPathFinder):
    def __init__(self, mutation: Mutation) -> None:
        self._mutation = mutation

    def find_spec(self, fullname: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self._mutation.module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        loader = _Loader(fullname, spec.origin)
        loader.mutation = self._mutation
        spec.loader = loader
        return spec


def _plant(name: str) -> None:
    mutation = next(each for each in MUTATIONS if each.name == name)
    assert mutation.module not in sys.modules, "too late to plant it"
    sys.meta_path.insert(0, _Finder(mutation))


if os.environ.get("FAUXDOO_MUTATION"):
    _plant(os.environ["FAUXDOO_MUTATION"])
    # whether it is caught counts, not by how small an example
    settings.register_profile("planted", phases=[Phase.explicit, Phase.generate])
    settings.load_profile("planted")
