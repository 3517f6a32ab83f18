"""Documents people download: `/report/pdf` and `/report/html`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, InternalServerError

from fauxdoo.mockserver import reports
from fauxdoo.mockserver.protocols.base import Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP

__all__ = ["Reports"]

_IDS = re.compile(r"[0-9]{1,10}(?:,[0-9]{1,10})*", re.ASCII)
_MOST_IDS = 500
_LARGEST = 2**31 - 1


class Reports(Protocol):
    """Orders, invoices and deliveries with the rights of the session's user."""

    key = "reports"

    def routes(self) -> Iterable[Route]:
        for rest in ("", "/<docids>"):
            yield Route(f"/report/pdf/<reportname>{rest}", self._pdf, HTTP, auth="user")
            yield Route(f"/report/html/<reportname>{rest}", self._html, HTTP, auth="user")

    def _pdf(self, request: Request, reportname: str, docids: str = "") -> Reply:
        pages, moment = self._documents(request, reportname, docids)
        try:
            return Reply(reports.pdf(pages, moment), "application/pdf")
        except reports.PdfMissing as error:
            raise InternalServerError(str(error)) from None

    def _html(self, request: Request, reportname: str, docids: str = "") -> Reply:
        pages, _moment = self._documents(request, reportname, docids)
        return Reply(reports.html(pages).encode(), "text/html; charset=utf-8")

    def _documents(self, request: Request, reportname: str, docids: str) -> tuple[list[reports.Document], Any]:
        ids = _ids(docids)
        with self.odoo.dispatch.database(request.known_database).transaction(request.known_uid, su=False) as env:
            return reports.documents(env, reportname, ids), env.clock.now()


def _ids(text: str) -> list[int]:
    """The ids between the commas; raises BadRequest for anything else."""
    if not _IDS.fullmatch(text):
        raise BadRequest("A report needs the ids of its records, separated by commas.")
    ids = [int(id) for id in text.split(",")]
    if len(ids) > _MOST_IDS or not all(0 < id <= _LARGEST for id in ids):
        raise BadRequest(f"A report takes up to {_MOST_IDS} ids between 1 and {_LARGEST}.")
    return ids
