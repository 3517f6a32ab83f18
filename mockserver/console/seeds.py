"""Records with xmlids, planted over HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest

from fauxdoo.mockserver.cluster import ADMIN
from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import DATABASE, TEXT, WHOLE, Schema, record, told
from fauxdoo.mockserver.seeds import QUIET, SeedError, plant, seeds_of

__all__ = ["SeedsPart"]

_RECORDS: Schema = {
    "type": "object",
    "description": 'As in a seed file: models, names, fields: {"res.partner": {"ada": {"name": "Ada"}}}.',
    "additionalProperties": {"type": "object", "additionalProperties": {"type": "object"}},
}
_MODULE = told(TEXT, "What names without a dot belong to, `test` if it is left out.")
_IDS: Schema = {"type": "object", "additionalProperties": WHOLE, "description": "Ids by xmlid."}


class SeedsPart(Part):
    """What seed files do when a server starts, for a database that runs; a reset takes these records away again."""

    key = "seeds"

    def operations(self) -> Iterable[Operation]:
        """Plant."""
        takes = record(["records"], records=_RECORDS, module=_MODULE, db=DATABASE)
        summary = "Make records, or change those that are known by their xmlid already; all of them or none"
        yield Operation("POST", "seed", self._plant, summary, takes=takes, answers=record(["ids"], ids=_IDS))

    def _plant(self, arguments: dict[str, Any]) -> Any:
        with self.database(arguments.get("db")).transaction() as su:
            env = su(user=ADMIN, su=True, context=QUIET)
            try:
                seeds = seeds_of(arguments["records"], arguments.get("module", "test"))
                plant(env, seeds)
            except SeedError as error:
                raise BadRequest(str(error)) from None
            return {"ids": {seed.xmlid: env.ref(seed.xmlid).id for seed in seeds}}
