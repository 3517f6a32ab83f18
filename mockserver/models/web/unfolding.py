"""`web_read_group`: a page of groups, with subgroups or records of those that are open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.groupby import Group, Grouping
from fauxdoo.mockserver.orm.groupby.domains import conjunction

__all__ = ["UnfoldedBase"]

_MOST_OPENED = 10
"""Groups of one level that open by themselves, unless context key `max_number_opened_groups` says otherwise."""

_TERM = re.compile(
    r"\s*(?P<name>[a-z0-9_]+(\.[a-z0-9_]+)?)(:[a-z_]+)?"
    r"(\s+(?P<direction>desc|asc))?(\s+(?P<nulls>nulls (first|last)))?\s*",
    re.IGNORECASE,
)

_Groups = list[dict[str, Any]]


@dataclass
class _Request:
    """What is asked of every level."""

    domain: Any
    aggregates: list[str]
    order: dict[str, str]
    """Direction, and the place of NULLs, by field."""
    limit: Any
    """How many records an open group shows, unless the client says so."""
    reopening: bool
    """Whether the client tells what it had open."""
    opened: list[tuple[dict[str, Any], Any, Any, Any]] = field(default_factory=list)
    """Groups of the last level whose records are wanted, with domain, limit and offset."""


class UnfoldedBase(models.BaseModel):
    """Part of all models."""

    _inherit = "base"

    @api.model
    def web_read_group(
        self,
        domain: Any,
        groupby: Sequence[str],
        aggregates: Iterable[str] = (),
        limit: Any = None,
        offset: Any = 0,
        order: Any = None,
        auto_unfold: bool = False,
        opening_info: _Groups | None = None,
        unfold_read_specification: Mapping[str, Any] | None = None,
        unfold_read_default_limit: Any = 80,
        groupby_read_specification: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The groups of the first term with how many there are in all; open ones with records or subgroups.

        Open is what `opening_info` says; with `auto_unfold` the first ones that have a record, or a value that is none.
        Raises AssertionError without groupby.
        """
        assert isinstance(groupby, (list, tuple))
        assert groupby
        counted = list(dict.fromkeys([*aggregates, "__count"]))
        request = _Request(domain, counted, _directions(order), unfold_read_default_limit, bool(opening_info))
        groups, length = self._page_of_groups(request, domain, groupby[0], limit, offset)
        self._open_groups(request, groupby, groups, [], auto_unfold, opening_info)
        if request.opened:
            self._read_opened(request, groupby, unfold_read_specification)
        self._read_group_values(groupby_read_specification or {}, groupby, groups)
        return {"groups": groups, "length": length}

    def _page_of_groups(
        self, request: _Request, domain: Any, term: str, limit: Any, offset: Any
    ) -> tuple[_Groups, int]:
        order = _group_order(request, term)
        groups = self.formatted_read_group(domain, [term], request.aggregates, (), offset, limit, order)
        if groups and limit and len(groups) == limit:
            return groups, limit + len(Grouping(self, [term], ()).rows(domain, offset=limit))
        return groups, len(groups) + (offset or 0) if groups else 0

    def _open_groups(
        self, request: _Request, terms: Sequence[str], groups: _Groups, above: Any, auto: bool, info: _Groups | None
    ) -> None:
        """Open groups of a level: ask for their records, or read the next level."""
        known = {_key(each["value"]): each for each in info or ()}
        links = Group(self, terms[0]).comodel is not None
        room = self.env.context.get("max_number_opened_groups") or _MOST_OPENED
        for group in groups:
            foldable, folded = "__fold" in group, group.pop("__fold", False)
            how = known.get(_key(group[terms[0]])) if request.reopening else None
            unwanted = (not auto and not foldable) or room <= 0 or folded or (links and not group[terms[0]])
            if how["folded"] if how is not None else unwanted:
                continue
            room -= 1
            self._open_group(request, terms, group, above, how)

    def _open_group(
        self, request: _Request, terms: Sequence[str], group: dict[str, Any], above: Any, how: dict[str, Any] | None
    ) -> None:
        limit, offset = (how["limit"], how["offset"]) if how else (request.limit, 0)
        inside = conjunction([above, group["__extra_domain"]])
        if len(terms) > 1:
            domain = conjunction([inside, request.domain])
            subgroups, length = self._page_of_groups(request, domain, terms[1], limit, offset)
            group["__groups"] = {"groups": subgroups, "length": length}
            self._open_groups(request, terms[1:], subgroups, inside, False, how.get("groups") if how else None)
            return
        if offset and offset >= group["__count"]:
            group["__offset"] = offset = 0
        shown = (how or {}).get("progressbar_domain") or []
        request.opened.append((group, conjunction([request.domain, inside, shown]), limit, offset))

    def _read_opened(self, request: _Request, groupby: Sequence[str], specification: Any) -> None:
        """Read the records of all open groups at once."""
        order = self._record_order(request, groupby)
        found = [
            self.search(domain, order=order, limit=limit, offset=offset) if group["__count"] else self.browse()
            for group, domain, limit, offset in request.opened
        ]
        records = self.browse(dict.fromkeys(id for each in found for id in each.ids))
        wanted = {name: specification[name] for name in list(specification)}
        values = {row["id"]: row for row in records.web_read(wanted)}
        for (group, *_how), each in zip(request.opened, found, strict=True):
            group["__records"] = [values[id] for id in each.ids]

    def _record_order(self, request: _Request, groupby: Sequence[str]) -> str:
        """What is left of the order within a group, then the model's own."""
        parts = [f"{name} {way}" for name, way in request.order.items() if name not in groupby and name != "__count"]
        own = [part for part in self._order.split(",") if part.split()[0] not in {*request.order, *groupby}]
        return ", ".join([*parts, *own])

    def _read_group_values(self, wanted: Mapping[str, Any], groupby: Sequence[str], groups: _Groups) -> None:
        """Put what is wanted of the records that groups stand for under `__values`, at every level."""
        for term in groupby:
            if term in wanted:
                comodel = self._fields[term].comodel_name
                assert comodel, "We can only read extra info from a relational field"
                records = self.env[comodel].browse(dict.fromkeys(group[term][0] for group in groups if group[term]))
                read = dict(zip(records.ids, records.web_read(wanted[term]), strict=True))
                for group in groups:
                    group["__values"] = read[group[term][0]] if group[term] else {"id": False}
            groups = [sub for group in groups for sub in group.get("__groups", {}).get("groups", ())]


def _directions(order: Any) -> dict[str, str]:
    result: dict[str, str] = {}
    for part in order.split(",") if order else ():
        match = _TERM.fullmatch(part)
        if match is None:
            raise ValueError(f"Invalid order {order!r} for web_read_group()")
        nulls = f" {match['nulls'].upper()}" if match["nulls"] else ""
        result[match["name"]] = (match["direction"] or "ASC").upper() + nulls
    return result


def _group_order(request: _Request, term: str) -> str:
    """The order of groups: by what of it concerns them or their aggregates, then by themselves."""
    parts: list[str] = []
    rest = [term]
    for name, way in request.order.items():
        if name == "__count":
            parts.append(f"{name} {way}")
            continue
        if rest and (name == term or term.startswith(f"{name}:")):
            rest = []
            parts.append(f"{term} {way}")
        parts += [f"{spec} {way}" for spec in request.aggregates if spec.startswith(f"{name}:")][:1]
    return ", ".join(parts + rest)


def _key(value: Any) -> Any:
    return value[0] if isinstance(value, (list, tuple)) and value else value
