"""Pulling: the catalogue of a live Odoo, as one user of it sees it, into a folder that `FakeOdoo` loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from fauxdoo.harness.clients import RemoteError
from fauxdoo.harness.contract.asking import Asker

__all__ = ["Pull", "UnknownModels", "description", "models_of"]

Facts = dict[str, Any]

_SAME = ("type", "string", "required", "readonly", "selection", "relation", "related", "size", "translate", "groups")
_ALSO = ("company_dependent", "currency_field", "aggregator", "depends")
_FALSE_ONLY = ("store", "searchable", "sortable", "groupable")
"""What the catalogue only says where it is not so."""
_RIGHTS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}


class UnknownModels(ValueError):
    """The server has none of the models, or does not say which it has."""


class Pull:
    """Writes what a server says of its models, one file each; models whose file is there already are left alone."""

    def __init__(self, asker: Asker, folder: Path, wanted: Iterable[str] = ()) -> None:
        self.asker, self.folder = asker, folder
        self.wanted = list(wanted)
        self.skipped: dict[str, str] = {}
        """Models the server said nothing of, with its reason."""

    def run(self, progress: Callable[[list[str]], Iterable[str]] = iter) -> int:
        """Ask for each model and write it; the number of models asked for. `progress` wraps the names to do.

        Raises RemoteError for wrong credentials, UnknownModels, ServerNotReached, and OSError for a folder that
        cannot be written.
        """
        self.asker.check_login()
        known = models_of(self.asker)
        names = self.wanted or known
        if not names:
            raise UnknownModels("this user may not see which models there are: name them with --models")
        (self.folder / "models").mkdir(parents=True, exist_ok=True)
        todo = [name for name in names if not self._file(name).exists()]
        for name in progress(todo):
            self._pull(name)
        self._write("catalogue.json", self._origin(complete=not self.wanted))
        return len(todo)

    def _pull(self, name: str) -> None:
        try:
            facts = description(self.asker, name)
        except RemoteError as error:
            self.skipped[name] = error.message.splitlines()[-1] if error.message else str(error)
        else:
            self._write(f"models/{name}.json", facts)

    def _file(self, model: str) -> Path:
        if not model.replace(".", "").replace("_", "").isalnum():
            raise UnknownModels(f"not the name of a model: {model!r}")
        return self.folder / "models" / f"{model}.json"

    def _origin(self, complete: bool) -> Facts:
        """What is true of all models: where they come from, and the states of the modules as far as shown."""
        rows = self.asker.try_ask("ir.module.module", "search_read", domain=[], fields=["name", "state"])
        index = self.asker.page("/doc-bearer/index.json") if rows is None else None
        states = {row["name"]: row["state"] for row in rows or ()}
        states |= dict.fromkeys((index or {}).get("modules", ()), "installed")
        return {"db": self.asker.target.db, "complete": complete and not self.skipped, "modules": states}

    def _write(self, name: str, facts: Facts) -> None:
        """Whole or not at all, so that an interrupted pull can go on."""
        target = self.folder / name
        half = target.with_suffix(".part")
        half.write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
        half.replace(target)


def models_of(asker: Asker) -> list[str]:
    """The names of all models, sorted; none where the user may not see them."""
    rows = asker.try_ask("ir.model", "search_read", domain=[], fields=["model"]) or []
    documented = (asker.page("/doc-bearer/index.json") or {}).get("models", [])
    return sorted({row["model"] for row in [*rows, *documented]})


def description(asker: Asker, model: str) -> Facts:
    """A model in the form of the catalogue's files. Raises RemoteError where the server does not know it."""
    fields = asker.ask(model, "fields_get")
    documented = asker.page(f"/doc-bearer/{model}.json") or {}
    methods = documented.get("methods")
    facts: Facts = {
        "model": model,
        "fields": {name: dict(_facts(field)) for name, field in fields.items()},
        "rights": "".join(letter for operation, letter in _RIGHTS.items() if _has_right(asker, model, operation)),
    }
    if documented.get("name"):
        facts["name"] = documented["name"]
    if methods is not None:
        facts["methods"] = {name: _method(method) for name, method in methods.items()}
    return {**_about(asker, model), **facts}


def _has_right(asker: Asker, model: str, operation: str) -> bool:
    return bool(asker.try_ask(model, "has_access", [], operation=operation))


def _about(asker: Asker, model: str) -> Facts:
    """Label, order and kind, where the user may read them."""
    names = ["name", "order", "transient", "abstract", "modules"]
    rows = asker.try_ask("ir.model", "search_read", domain=[["model", "=", model]], fields=names)
    if not rows:
        return {"name": model}
    row = rows[0]
    about: Facts = {"name": row["name"], "order": row.get("order") or "id"}
    about |= {kind: True for kind in ("transient", "abstract") if row.get(kind)}
    return about


def _facts(field: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in _SAME + _ALSO:
        if field.get(name):
            yield name, field[name]
    for name in _FALSE_ONLY:
        if field.get(name) is False:
            yield name, False
    if field.get("relation_field"):
        yield "inverse", field["relation_field"]
    if field["type"] == "selection":
        yield "selection", field.get("selection") or []


def _method(method: Mapping[str, Any]) -> Facts:
    parameters = method.get("parameters") or {}
    return {
        "params": [_parameter(name, facts) for name, facts in parameters.items()],
        "api": "model" if "model" in (method.get("api") or ()) else "record",
        "owner": str(method.get("model") or ""),
    }


def _parameter(name: str, facts: Mapping[str, Any]) -> str:
    stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(facts.get("kind", ""), "")
    return f"{stars}{name}" + (f"={facts['default']!r}" if "default" in facts else "")
