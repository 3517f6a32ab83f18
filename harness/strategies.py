"""Hypothesis strategies for what clients send to an Odoo: values, records, domains, commands, contexts, calls.

All begin with what `fields_get` answers, so they fit the models of a fake and those of a real Odoo:

    fields = odoo.env["res.partner"].fields_get()
    @given(domains(fields))
    def test_my_export(domain): ...

Needs the library `hypothesis`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

__all__ = ["Call", "Domain", "Fields", "Values", "calls", "commands", "contexts", "domains", "records", "values"]

Fields = Mapping[str, Mapping[str, Any]]
"""Descriptions of fields by name, as `fields_get` answers them: `type`, `required`, `readonly`, `selection`, …"""
Values = dict[str, Any]
"""Values as `create` and `write` take them."""
Domain = list[Any]
"""A domain in prefix notation: leaves as lists of three, operators as "&", "|" and "!"."""
Call = tuple[str, list[Any]]
"""A method and its positional arguments; ids in them are places in the list of records there are, from 0."""

_FIRST, _LAST = date(1970, 1, 1), date(2099, 12, 31)
_TEXT = st.one_of(
    st.text("aAbB%_ ", max_size=3),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20),
)
_WHOLE = st.one_of(st.integers(-5, 5), st.integers(-(2**31), 2**31 - 1))
_FRACTION = st.one_of(st.integers(-500, 500), st.integers(-10_000_000, 10_000_000)).map(lambda cents: cents / 100)
_DAY = st.one_of(st.dates(date(2026, 1, 30), date(2026, 2, 2)), st.dates(_FIRST, _LAST))
"""Of each some that are near each other, so that two of them are often the same."""

_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "integer": _WHOLE,
    "float": _FRACTION,
    "monetary": _FRACTION,
    "char": _TEXT,
    "text": _TEXT,
    "html": _TEXT.map(lambda text: f"<p>{text.replace('&', '').replace('<', '').replace('>', '')}</p>"),
    "date": _DAY.map(date.isoformat),
    "datetime": st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 31)).map(
        lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S")
    ),
    "binary": st.binary(max_size=40).map(lambda content: base64.b64encode(content).decode("ascii")),
}
"""By the type of a field."""

_ORDERED = ("integer", "float", "monetary", "date", "datetime")
_TEXTS = ("char", "text")
_EQUAL = ("=", "!=")
_LISTS = ("in", "not in")
_COMPARING = ("<", "<=", ">", ">=")
_LIKE = ("like", "ilike", "not like", "not ilike", "=like", "=ilike")


def values(field: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What can be written to a field, False for nothing where it is not required.

    Raises ValueError for types whose values are records (`commands`, or ids of one's own) or are not written.
    """
    kind = field["type"]
    if kind == "selection":
        found: st.SearchStrategy[Any] = st.sampled_from([key for key, _label in field["selection"]])
    elif kind in _PLAIN:
        found = _PLAIN[kind]
    else:
        raise ValueError(f"no values for a field of type {kind}")
    return found if field.get("required") or kind == "boolean" else st.one_of(found, st.just(False))


def records(fields: Fields, *only: str) -> st.SearchStrategy[Values]:
    """Values of a new record: of the fields named, else of all that are written and hold no records.

    Required fields are always among them.
    """
    chosen = {name: fields[name] for name in only} if only else {n: f for n, f in fields.items() if _is_written(f)}
    given = {name: values(field) for name, field in chosen.items()}
    required = {name for name, field in chosen.items() if field.get("required")}
    return st.fixed_dictionaries(
        {name: given[name] for name in sorted(required)},
        optional={name: given[name] for name in sorted(given.keys() - required)},
    )


def _is_written(field: Mapping[str, Any]) -> bool:
    known = field["type"] in _PLAIN or (field["type"] == "selection" and field.get("selection"))
    return bool(known and field.get("store", True) and not field.get("readonly"))


def domains(fields: Fields, *only: str, max_leaves: int = 6) -> st.SearchStrategy[Domain]:
    """Domains that the model accepts, on the fields named, else on all that are searched and hold no records."""
    names = only or tuple(sorted(name for name, field in fields.items() if _is_searched(field)))
    leaf = st.sampled_from(names).flatmap(lambda name: _leaf(name, fields[name])).map(lambda leaf: [leaf])
    grown = st.recursive(
        st.one_of(leaf, leaf.map(lambda domain: ["!", *domain])),
        lambda inner: st.one_of(
            st.tuples(st.sampled_from("&|"), inner, inner).map(lambda parts: [parts[0], *parts[1], *parts[2]]),
            inner.map(lambda domain: ["!", *domain]),
        ),
        max_leaves=max_leaves,
    )
    return st.one_of(st.just([]), grown, st.lists(leaf, max_size=3).map(lambda leaves: [x for [x] in leaves]))


def _is_searched(field: Mapping[str, Any]) -> bool:
    known = field["type"] in (*_ORDERED, *_TEXTS, "boolean") or (field["type"] == "selection" and field["selection"])
    return bool(known and field.get("searchable", True))


def _leaf(name: str, field: Mapping[str, Any]) -> st.SearchStrategy[list[Any]]:
    kind, value = field["type"], values({**field, "required": True})
    choices: list[st.SearchStrategy[list[Any]]] = [
        st.tuples(st.just(name), st.sampled_from(_EQUAL), st.one_of(value, st.just(False))).map(list)
    ]
    if kind != "boolean":
        choices.append(st.tuples(st.just(name), st.sampled_from(_LISTS), st.lists(value, max_size=3)).map(list))
    if kind in _ORDERED:
        choices.append(st.tuples(st.just(name), st.sampled_from(_COMPARING), value).map(list))
    if kind in _TEXTS:
        choices.append(st.tuples(st.just(name), st.sampled_from(_LIKE), _TEXT).map(list))
    return st.one_of(choices)


def commands(
    lines: st.SearchStrategy[Values], ids: Sequence[int], *, owned: bool = True
) -> st.SearchStrategy[list[Any]]:
    """Command lists for an x2many field: `lines` are values of its records, `ids` those that may be named.

    `owned` is for one2many; without it nothing is deleted by command 2 and nothing is changed by command 1.
    """
    id = st.sampled_from([*ids]) if ids else st.nothing()
    zero = st.just(0)
    made = st.tuples(zero, zero, lines)
    changed = st.tuples(st.just(1), id, lines)
    named = st.tuples(st.sampled_from([2, 3, 4] if owned else [3, 4]), id, zero)
    cleared = st.tuples(st.just(5), zero, zero)
    replaced = st.tuples(st.just(6), zero, st.lists(st.sampled_from([*ids]), unique=True) if ids else st.just([]))
    choices = [made, named, cleared, replaced, *([changed] if owned else [])]
    return st.lists(st.one_of(*choices), max_size=5).map(lambda found: [list(command) for command in found])


def contexts(langs: Sequence[str] = ("en_US",), companies: Sequence[int] = (1,)) -> st.SearchStrategy[Values]:
    """Contexts: language, time zone, companies, `active_test`; the first company is the current one."""
    return st.fixed_dictionaries(
        {},
        optional={
            "lang": st.sampled_from([*langs]),
            "tz": st.sampled_from(["UTC", "Europe/Brussels", "America/New_York", "Asia/Kolkata"]),
            "active_test": st.booleans(),
            "allowed_company_ids": st.lists(st.sampled_from([*companies]), min_size=1, unique=True),
        },
    )


def calls(fields: Fields, *only: str, min_size: int = 0, max_size: int = 10) -> st.SearchStrategy[list[Call]]:
    """Sequences of create, write, read, search and unlink; records are named by their place among those made so far.

    Whoever makes the calls takes a place modulo their number, and leaves a call out where there is none.
    """
    vals, domain = records(fields, *only), domains(fields, *only)
    places = st.lists(st.integers(0, 7), min_size=1, max_size=3, unique=True)
    names = [*only] or [name for name in fields if _is_written(fields[name])]
    call = st.one_of(
        st.tuples(st.just("create"), st.tuples(st.lists(vals, min_size=1, max_size=3)).map(list)),
        st.tuples(st.just("write"), st.tuples(places, vals).map(list)),
        st.tuples(st.just("read"), st.tuples(places, st.just(names)).map(list)),
        st.tuples(st.just("search"), st.tuples(domain).map(list)),
        st.tuples(st.just("unlink"), st.tuples(places).map(list)),
    )
    return st.lists(call, min_size=min_size, max_size=max_size)
