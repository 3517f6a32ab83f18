import requests


class Connector:
    """Reads over a session, and logs in again where that is over."""

    def __init__(self, odoo):
        self.odoo, self.http, self.logins = odoo, requests.Session(), 0
        self.log_in()

    def post(self, path, **params):
        return self.http.post(self.odoo.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=10).json()

    def log_in(self):
        self.logins += 1
        self.post("/web/session/authenticate", db=self.odoo.db, login=self.odoo.login, password=self.odoo.password)

    def read(self, model, ids, fields):
        call = {"model": model, "method": "read", "args": [ids, fields], "kwargs": {}}
        reply = self.post("/web/dataset/call_kw", **call)
        if reply.get("error", {}).get("data", {}).get("name") == "odoo.http.SessionExpiredException":
            self.log_in()
            reply = self.post("/web/dataset/call_kw", **call)
        return reply["result"]


def test_the_session_expires_in_a_long_sync(odoo):
    """The third page finds the session over: a connector that logs in again misses nothing."""
    partners = odoo.env["res.partner"].create([{"name": f"P{n}"} for n in range(6)])
    connector = Connector(odoo)
    with odoo.faults.add("session_expiry", nth=3, count=1):
        rows = [row for id in partners.ids for row in connector.read("res.partner", [id], ["name"])]
    assert [row["name"] for row in rows] == [f"P{n}" for n in range(6)]
    assert connector.logins == 2
