"""What is left of models and base records when some modules are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from fauxdoo.contracts.loader import Catalogue
from fauxdoo.contracts.xmlids import MAGIC

__all__ = ["reduced", "reduced_records"]

Facts = dict[str, Any]

_REDEFINED: dict[str, dict[str, set[str]]] = {
    "account.analytic.applicability": {"analytic": {"business_domain"}},
    "account.analytic.line": {"analytic": {"category", "partner_id"}},
    "account.move.line": {"sale": {"is_downpayment"}},
    "mail.activity.plan.template": {"mail": {"responsible_type"}},
    "mail.activity.type": {"mail": {"category"}},
    "mail.alias": {"mail": {"alias_contact"}},
    "res.config.settings": {"analytic": {"group_analytic_accounting"}},
    "res.partner": {"base": {"name"}},
    "res.partner.bank": {
        "base": {
            "acc_holder_name",
            "acc_number",
            "active",
            "allow_out_payment",
            "bank_id",
            "clearing_number",
            "currency_id",
            "partner_id",
        }
    },
    "resource.resource": {"resource": {"calendar_id", "user_id"}},
    "stock.rule": {"stock": {"action"}},
}
"""Fields by a module that defines them too: the catalogue names the first by the alphabet, which redefines them."""
_MODEL_NAMES = {"res_model", "model", "model_name"}
"""Columns that hold the name of a model."""


def reduced(full: Catalogue, installed: Set[str]) -> dict[str, Facts]:
    """The descriptions of the models that these modules bring, without the fields of the others."""
    index = full.index["models"]
    names = [name for name in full.names if index[name]["module"] in installed]
    fields = {name: _own_fields(full.model(name), installed) for name in names}
    while gone := [(name, field) for name in names for field in _dangling(name, fields, full)]:
        for name, field in gone:
            del fields[name][field]
    return {name: _description(full.model(name), fields, installed) for name in names}


def _own_fields(facts: Facts, installed: Set[str]) -> dict[str, Facts]:
    first, fields = facts["modules"][0], facts["fields"]
    others = [names for module, names in _REDEFINED.get(facts["model"], {}).items() if module in installed]
    redefined = MAGIC.union({facts.get("rec_name")}, _ordering(facts), *others)
    return {name: fact for name, fact in fields.items() if fact.get("module", first) in installed or name in redefined}


def _ordering(facts: Facts) -> list[str]:
    """The fields a model is ordered by."""
    return [part.split()[0] for part in (facts.get("order") or "id").split(",")]


def _dangling(name: str, fields: Mapping[str, dict[str, Facts]], full: Catalogue) -> Iterator[str]:
    """The fields of a model that point at what is not there."""
    for field, fact in fields[name].items():
        comodel, inverse = fact.get("relation") or "", fact.get("inverse")
        alone = comodel in full and comodel not in fields
        lost = comodel in fields and fact["type"] == "one2many" and inverse and inverse not in fields[comodel]
        if alone or lost or ("related" in fact and not _leads(name, fact["related"], fields, full)):
            yield field


def _leads(model: str, path: str, fields: Mapping[str, dict[str, Facts]], full: Catalogue) -> bool:
    """Whether every step of a path is there."""
    for step in path.split("."):
        if model not in full:  # report.paperformat: the catalogue points at it, and does not describe it
            return True
        if step not in fields.get(model, ()):
            return False
        model = fields[model][step].get("relation") or ""
    return True


def _description(facts: Facts, fields: Mapping[str, dict[str, Facts]], installed: Set[str]) -> Facts:
    left = fields[facts["model"]]
    order = ", ".join(part.strip() for part in (facts.get("order") or "id").split(",") if part.split()[0] in left)
    found = {
        **facts,
        "modules": [module for module in facts["modules"] if module in installed],
        "fields": left,
        "order": order or "id",
        "constraints": [each for each in facts.get("constraints") or [] if _holds(each, facts, left)],
        "inherits": {parent: link for parent, link in (facts.get("inherits") or {}).items() if link in left},
    }
    if "rec_names_search" in facts:
        found["rec_names_search"] = [name for name in facts["rec_names_search"] if name.partition(".")[0] in left]
    return found


def _holds(constraint: Facts, facts: Facts, left: Mapping[str, Facts]) -> bool:
    """Whether a constraint mentions no field that is gone."""
    gone = facts["fields"].keys() - left.keys()
    return not gone.intersection(re.findall(r"\w+", constraint["definition"]))


# -------------------------------------------------------------------- base records


def reduced_records(full: Catalogue, models: Mapping[str, Facts], installed: Set[str]) -> dict[str, list[Facts]]:
    """The base records of the models that are left, without the values of fields and the links that are not."""
    names = [name for name in full.data_models if name in models]
    kept = {
        name: {
            record["id"]: record
            for record in full.data(name)
            if _module(record) in {"", *installed} and not _about_others(record, full, models)
        }
        for name in names
    }
    while gone := [(name, id) for name in names for id in _orphans(models[name], kept[name], kept)]:
        for name, id in gone:
            del kept[name][id]
    return {name: [_values(record, models[name]["fields"], kept) for record in kept[name].values()] for name in names}


def _module(record: Facts) -> str:
    return str(record.get("xmlid", "")).partition(".")[0]


def _about_others(record: Facts, full: Catalogue, models: Mapping[str, Facts]) -> bool:
    """Whether a record speaks of a model or a field that is not there: rights, rules, actions, defaults."""
    for name, value in record.items():
        if not isinstance(value, str):
            continue
        if (name in _MODEL_NAMES or name.endswith("model_id")) and value in full and value not in models:
            return True
        model, _, field = value.rpartition(".")
        if name == "field_id" and model in full and not (model in models and field in models[model]["fields"]):
            return True
    return False


def _orphans(facts: Facts, records: Mapping[int, Facts], kept: Mapping[str, Mapping[int, Facts]]) -> Iterator[int]:
    """The records whose required many2one is to a record that is not there."""
    required = [
        (name, fact["relation"])
        for name, fact in facts["fields"].items()
        if fact["type"] == "many2one" and (fact.get("required") or fact.get("ondelete") == "cascade")
    ]
    for id, record in records.items():
        if any(_is_gone(record.get(name), comodel, kept) for name, comodel in required):
            yield id


def _is_gone(value: Any, comodel: str, kept: Mapping[str, Mapping[int, Facts]]) -> bool:
    return isinstance(value, int) and comodel in kept and value not in kept[comodel]


def _values(record: Facts, fields: Mapping[str, Facts], kept: Mapping[str, Mapping[int, Facts]]) -> Facts:
    found = {}
    for name, value in record.items():
        fact = fields.get(name)
        if fact is None:
            if name == "xmlid":
                found[name] = value
        elif fact["type"] in ("many2many", "one2many") and isinstance(value, list):
            found[name] = [id for id in value if not _is_gone(id, fact["relation"], kept)]
        elif not (fact["type"] == "many2one" and _is_gone(value, fact["relation"], kept)):
            found[name] = value
    return found
