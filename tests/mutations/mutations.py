"""The faults: in which file which text stands in place of which."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MUTATIONS", "Mutation"]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One wrong place; `old` stands in the module exactly once."""

    name: str
    module: str
    old: str
    new: str


_ORM = "fauxdoo.mockserver.orm"
MUTATIONS = (
    Mutation("in and not in are one", f"{_ORM}.operators", '"in": "not in"', '"in": "in"'),
    Mutation("= is its own opposite", f"{_ORM}.operators", '"=": "!="', '"=": "="'),
    Mutation("< and >= overlap", f"{_ORM}.operators", '"<": ">="', '"<": ">"'),
    Mutation("not hides what is unset", f"{_ORM}.compiler", "(%s) IS NOT TRUE", "NOT (%s)"),
    Mutation("ilike minds capitals", f"{_ORM}.operators", '"ilike": "not ilike"', '"ilike": "not like"'),
    Mutation("an empty text is a text", f"{_ORM}.operators", '    "char": "",\n', ""),
    Mutation("zero is no value", f"{_ORM}.operators", '    "integer": 0,\n', ""),
    Mutation(
        "links do not move lines",
        f"{_ORM}.fields.one2many",
        "            if moved:\n",
        "            if moved and False:\n",
    ),
    Mutation(
        "set adds and takes nothing away",
        f"{_ORM}.fields.one2many",
        '            self._release(self.lines.search([*domain, ("id", "not in", ids)]))\n',
        "            pass\n",
    ),
    Mutation(
        "unlinked lines are deleted",
        f"{_ORM}.fields.one2many",
        "            lines.write({self.inverse: False})\n",
        "            lines.unlink()\n",
    ),
    Mutation(
        "updates go to nobody",
        f"{_ORM}.fields.one2many",
        "                self.lines.browse(id).write(payload)\n",
        "                self.lines.browse(id)\n",
    ),
    Mutation(
        "a failed call stays",
        "fauxdoo.mockserver.stores.memory",
        '    _rollback = ("ROLLBACK TO work", "RELEASE work")\n',
        '    _rollback = ("RELEASE work",)\n',
    ),
    Mutation(
        "rules are not asked",
        "fauxdoo.mockserver.access.policy",
        "            rights.domains[key] = self._domain(env, model, operation)\n",
        "            rights.domains[key] = None\n",
    ),
    Mutation(
        "field groups are not asked",
        "fauxdoo.mockserver.access.policy",
        "        return not field.groups or model.env.su or self.in_groups(model.env, model.env.uid, field.groups)\n",
        "        return True\n",
    ),
)
