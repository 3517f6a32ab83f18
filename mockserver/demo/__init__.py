"""The demo company: customers, products, quotations and leads of an invented bicycle wholesaler, always the same.

A file `NN_<model>.json` holds records of one model, created in the order of the files. Relations are given by xmlid:
without a dot it is one of the demo data, which belong to the module `demo` (`env.ref("demo.partner_kettenhof")`).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["install_demo"]

MODULE = "demo"
ADMINISTRATOR = 2
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


def install_demo(env: Environment) -> None:
    """Create the demo records of the installed apps as the administrator, with the ids that come next."""
    known: dict[str, int] = {}
    names = []
    for model, rows in _files():
        if model not in env.registry:
            continue
        records = env[model].with_user(ADMINISTRATOR).sudo().with_context(**QUIET)
        created = records.create([_values(records, row, known) for row in rows])
        for row, record in zip(rows, created.ids, strict=True):
            known[row["xmlid"]] = record
            names.append({"module": MODULE, "name": row["xmlid"], "model": model, "res_id": record})
    env["ir.model.data"].sudo().create(names)


def _files() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    folder = files(__package__)
    for name in sorted(file.name for file in folder.iterdir() if file.name.endswith(".json")):
        yield name.removesuffix(".json").partition("_")[2], orjson.loads(folder.joinpath(name).read_bytes())


def _values(records: Any, row: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    """Values for `create`: xmlids become ids, lists of xmlids or of lines become commands."""
    return {name: _value(records, name, value, known) for name, value in row.items() if name in records._fields}


def _value(records: Any, name: str, value: Any, known: dict[str, int]) -> Any:
    field = records._fields[name]
    if field.type == "many2one":
        return _id(records.env, value, known)
    if field.type == "many2many":
        return [(6, 0, [_id(records.env, xmlid, known) for xmlid in value])]
    if field.type == "one2many":
        lines = records.env[field.comodel_name]
        return [(0, 0, _values(lines, line, known)) for line in value]
    return value


def _id(env: Environment, xmlid: str, known: dict[str, int]) -> int:
    return known[xmlid] if "." not in xmlid else int(env.ref(xmlid).id)
