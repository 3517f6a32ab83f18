from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.protocols.base import Protocol, Reply, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP


class CsvExport(Protocol):
    """`GET /csv/<model>` answers ids and names to the owner of an API key."""

    key = "csv"

    def routes(self):
        return [Route("/csv/<model>", self._names, HTTP, auth="bearer", stateless=True)]

    def _names(self, request, model):
        call = Call(self.key, request.known_database, request.known_uid, model, "search_read", [[], ["display_name"]])
        rows = self.odoo.dispatch.call_kw(call)
        text = "".join(f"{row['id']},{row['display_name']}\n" for row in rows)
        return Reply(text.encode(), "text/csv; charset=utf-8")
