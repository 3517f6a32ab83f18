"""REST: verbs and addresses, pages, versions, retries, and every error in the guide's form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from fauxdoo.mockserver import FakeOdoo

MISSING = 999_999


class Caller:
    """A client with the administrator's key."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self.odoo, self.key = odoo, odoo.api_key
        self.http = Client(odoo.wsgi_app)

    def __call__(self, verb: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.key}", **options.pop("headers", {})}
        return self.http.open(f"/api{path}", method=verb, headers=headers, **options)

    def partner(self, **values: Any) -> int:
        """The id of a new partner."""
        return int(self("POST", "/res.partner", json={"name": "Ada", **values}).json["id"])


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeOdoo]:
    """One server for the module."""
    odoo = FakeOdoo()
    yield odoo
    odoo.close()


@pytest.fixture
def rest(fake: FakeOdoo) -> Caller:
    """A caller of a fresh database."""
    fake.reset()
    return Caller(fake)


def error(reply: TestResponse) -> dict[str, Any]:
    """The error of a reply, whose form is looked at."""
    assert reply.mimetype == "application/json"
    assert set(reply.json) == {"error"}
    found: dict[str, Any] = reply.json["error"]
    assert set(found) == {"code", "message", "data"}
    assert "Traceback" not in reply.text
    return found


# -------------------------------------------------------------------- records


def test_life_of_a_record(rest: Caller) -> None:
    """A record is made, read, changed and deleted under one address."""
    made = rest("POST", "/res.partner", json={"name": "Ada", "city": "London"})
    address = made.headers["Location"].removeprefix("http://localhost/api")
    assert (made.status_code, address) == (201, f"/res.partner/{made.json['id']}")
    assert rest("GET", address).json == made.json
    changed = rest("PATCH", address, json={"city": "Paris"})
    assert (changed.status_code, changed.json["name"], changed.json["city"]) == (200, "Ada", "Paris")
    deleted = rest("DELETE", address)
    assert (deleted.status_code, deleted.data) == (204, b"")
    assert rest("GET", address).status_code == 404


def test_default_fields_are_the_stored_ones_without_files(rest: Caller) -> None:
    """Nothing is computed and no image is sent unless it is asked for."""
    record = rest("GET", "/res.partner/1").json
    described = rest.odoo.env["res.partner"].fields_get()
    assert {"id", "name", "country_id", "child_ids", "write_date"} <= record.keys()
    assert all(described[name]["store"] and described[name]["type"] != "binary" for name in record)
    assert rest("GET", "/res.partner").json[0].keys() == record.keys()
    assert set(rest("GET", "/res.partner/1?fields=image_1920").json) == {"id", "image_1920"}


def test_an_array_makes_records(rest: Caller) -> None:
    """As many as it has objects, all or none of them; the answer is an array in the same order."""
    made = rest("POST", "/res.partner?fields=name", json=[{"name": "Ada"}, {"name": "Bob"}])
    assert (made.status_code, [row["name"] for row in made.json]) == (201, ["Ada", "Bob"])
    assert rest("POST", "/res.partner", json=[{"name": "Cleo"}, {}]).status_code == 422
    assert rest("GET", '/res.partner?domain=[["name","=","Cleo"]]').json == []
    assert rest("POST", "/res.partner", json=[]).json == []


@pytest.mark.parametrize(
    "lines",
    [
        [{"name": "Bob"}, {"name": "Cleo"}],
        [[0, 0, {"name": "Bob"}], [0, 0, {"name": "Cleo"}]],
        [[0, 0, {"name": "Bob"}], {"name": "Cleo"}],
    ],
    ids=["objects", "commands", "both"],
)
def test_lines_as_objects_or_commands(rest: Caller, lines: list[Any]) -> None:
    """Plain objects in a one2many make records as the command 0 does."""
    company = rest.partner(child_ids=lines)
    children = rest("GET", f'/res.partner?fields=name&order=name&domain=[["parent_id","=",{company}]]').json
    assert [child["name"] for child in children] == ["Bob", "Cleo"]


def test_lines_within_lines(rest: Caller) -> None:
    """Objects may hold objects, in commands too."""
    top = rest.partner(child_ids=[{"name": "Bob", "child_ids": [{"name": "Cleo"}]}])
    assert len(rest("GET", f'/res.partner?domain=[["id","child_of",{top}]]').json) == 3
    top = rest.partner(child_ids=[[0, 0, {"name": "Bob", "child_ids": [{"name": "Cleo"}]}]])
    assert len(rest("GET", f'/res.partner?domain=[["id","child_of",{top}]]').json) == 3


def test_an_object_with_an_id_changes_that_line(rest: Caller) -> None:
    """The line stays the same record."""
    company = rest.partner(child_ids=[{"name": "Bob"}])
    (line,) = rest("GET", f"/res.partner/{company}").json["child_ids"]
    changed = rest("PATCH", f"/res.partner/{company}", json={"child_ids": [{"id": line, "name": "Cleo"}]})
    assert changed.json["child_ids"] == [line]
    assert rest("GET", f"/res.partner/{line}").json["name"] == "Cleo"


# -------------------------------------------------------------------- lists


def test_list_of_models(rest: Caller) -> None:
    """`/api` names the models with records, with their addresses."""
    models = {entry["model"]: entry for entry in rest("GET", "").json}
    assert models["res.partner"] == {
        "model": "res.partner",
        "name": "Contact",
        "url": "http://localhost/api/res.partner",
    }
    assert "sale.order" in models
    assert "mail.thread" not in models


@pytest.mark.parametrize(
    "query",
    [
        {"fields": '["name", "city"]', "order": '"name desc"'},
        {"fields": "name,city", "order": "name desc"},
        {"fields": ["name", "city"], "order": "name desc", "limit": "80", "offset": "0"},
    ],
)
def test_queries_as_json_or_plain(rest: Caller, query: dict[str, Any]) -> None:
    """Fields and order may be JSON, fields also names with commas or given several times."""
    rest("POST", "/res.partner", json=[{"name": name, "city": "Oslo"} for name in ("Ada", "Bob")])
    rows = rest("GET", "/res.partner", query_string={"domain": '[["city", "=", "Oslo"]]', **query}).json
    assert [row["name"] for row in rows] == ["Bob", "Ada"]
    assert all(set(row) == {"id", "name", "city"} for row in rows)


def test_pages(rest: Caller) -> None:
    """Links lead through all pages, whose number of records stands in a header."""
    rest("POST", "/res.partner", json=[{"name": f"P{number}", "city": "Oslo"} for number in range(5)])
    query = {"domain": '[["city", "=", "Oslo"]]', "fields": "name", "order": "name", "limit": 2}
    reply, names = rest("GET", "/res.partner", query_string=query), []
    assert "prev" not in reply.headers["Link"]
    while True:
        names += [row["name"] for row in reply.json]
        assert reply.headers["X-Total-Count"] == "5"
        links = {part.split('"')[1]: part.split(">")[0].lstrip(" <") for part in reply.headers["Link"].split(",")}
        if "next" not in links:
            break
        reply = rest("GET", links["next"].removeprefix("http://localhost/api"))
    assert names == ["P0", "P1", "P2", "P3", "P4"]
    assert [row["name"] for row in rest("GET", links["prev"].removeprefix("http://localhost/api")).json] == ["P2", "P3"]


def test_one_page_has_no_links(rest: Caller) -> None:
    """Without a limit, or with one that is not reached, there is nothing to follow."""
    for query in ("", "?limit=500"):
        assert "Link" not in rest("GET", f"/res.partner{query}").headers


@pytest.mark.parametrize(
    "query",
    [
        "domain=x",
        "domain={}",
        'domain=["%26"]',
        'domain=[["nope","=",1]]',
        'domain=[["name","nope",1]]',
        'domain=[["name","in",{"a":1}]]',
        'domain=[["name","=","\\ud800"]]',
        "domain=" + "[" * 3000,
        "limit=-1",
        "limit=1.5",
        "limit=ten",
        "limit=99999999999999999999",
        "limit=1&limit=2",
        "offset=",
        "order=nope",
        "order=name;drop",
        "fields=nope",
        "fields=[1]",
        "fields=[",
        "nope=1",
    ],
)
def test_malformed_queries(rest: Caller, query: str) -> None:
    """HTTP 400 that says what is wrong."""
    reply = rest("GET", f"/res.partner?{query}")
    assert reply.status_code == 400
    assert error(reply)["code"] == 100


# -------------------------------------------------------------------- methods


def test_method_of_a_record(rest: Caller) -> None:
    """Its arguments are named, its result is the body."""
    partner = rest.partner()
    assert rest("POST", f"/res.partner/{partner}/write", json={"vals": {"city": "Rome"}}).json is True
    assert rest("POST", f"/res.partner/{partner}/read", json={"fields": ["city"]}).json == [
        {"id": partner, "city": "Rome"}
    ]


def test_method_of_a_model(rest: Caller) -> None:
    """Without records, or with those of `ids`; the context goes along."""
    assert rest("POST", "/res.partner/search_count", json={"domain": [["id", "=", 1]]}).json == 1
    ids = {"ids": [1], "fields": ["name"], "context": {"lang": "en_US"}}
    assert rest("POST", "/res.partner/read", json=ids).json == [{"id": 1, "name": "My Company"}]
    assert rest("POST", "/res.partner/default_get", json={"fields": ["type"]}).json == {"type": "contact"}


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/res.partner/1/nope", {}, 404, 100),
        ("/res.partner/1/_write", {}, 403, 200),
        ("/res.partner/1/write", {}, 422, 100),
        ("/res.partner/1/write", {"vals": 5}, 422, 100),
        ("/res.partner/1/write", [1], 422, 100),
        ("/res.partner/1/name_search", {}, 422, 100),
        ("/res.partner/read", {"ids": ["x"]}, 422, 100),
        ("/res.partner/read", {"context": 5}, 422, 100),
        (f"/res.partner/{MISSING}/write", {"vals": {}}, 404, 300),
    ],
)
def test_methods_that_cannot_be_called(rest: Caller, path: str, body: Any, status: int, code: int) -> None:
    """Unknown, private, with arguments that do not fit, of records that are none."""
    reply = rest("POST", path, json=body)
    assert (reply.status_code, error(reply)["code"]) == (status, code)


# -------------------------------------------------------------------- who may


def test_a_session_is_as_good_as_a_key(rest: Caller) -> None:
    """Whoever is logged in needs no key."""
    browser = Client(rest.odoo.wsgi_app)
    assert browser.get("/api/res.partner").status_code == 401
    params = {"db": rest.odoo.db, "login": "admin", "password": "admin"}
    browser.post("/web/session/authenticate", json={"jsonrpc": "2.0", "params": params})
    assert browser.post("/api/res.partner", json={"name": "Ada"}).status_code == 201


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer nope", "Basic YWRtaW46YWRtaW4="])
@pytest.mark.parametrize("path", ["", "/res.partner", "/res.partner/1", "/no.model"])
def test_without_a_key(rest: Caller, authorization: str, path: str) -> None:
    """HTTP 401 with the guide's code, whatever is asked for."""
    reply = rest("GET", path, headers={"Authorization": authorization})
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert error(reply)["code"] == 200


def test_rights_are_those_of_the_user(rest: Caller) -> None:
    """HTTP 403 for what the owner of the key may not do; `/api` names what he may read."""
    user = rest.odoo.env["res.users"].create({"name": "Bob", "login": "bob"})
    rest.key = rest.odoo.auth.make_key(rest.odoo.db, user.id, "test")
    for verb, path in (("GET", "/ir.cron"), ("PATCH", "/res.company/1"), ("DELETE", "/res.company/1")):
        reply = rest(verb, path, json={"name": "x"} if verb == "PATCH" else None)
        assert (reply.status_code, error(reply)["code"]) == (403, 200)
        assert error(reply)["data"]["name"] == "odoo.exceptions.AccessError"
    names = {entry["model"] for entry in rest("GET", "").json}
    assert "res.partner" in names
    assert "ir.cron" not in names


def test_calls_are_journalled(rest: Caller) -> None:
    """Under the protocol's name, as those of any other protocol."""
    rest.odoo.journal.clear()
    rest("POST", "/res.partner", json={"name": "Ada"})
    assert [(entry.protocol, entry.method) for entry in rest.odoo.journal] == [("rest", "create"), ("rest", "read")]


# -------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("verb", "path", "status", "code"),
    [
        ("GET", "/no.model", 404, 100),
        ("GET", "/mail.thread", 404, 100),
        ("GET", f"/res.partner/{MISSING}", 404, 300),
        ("GET", "/res.partner/99999999999999999999", 404, 300),
        ("DELETE", f"/res.partner/{MISSING}", 404, 300),
        ("DELETE", "/res.partner/99999999999999999999", 404, 300),
        ("GET", "/res.partner/1/2/3", 404, 100),
        ("GET", "/res.partner/-1", 404, 100),
        ("PUT", "/res.partner/1", 405, 100),
        ("DELETE", "/res.partner", 405, 100),
        ("POST", "/res.partner/1", 405, 100),
        ("GET", "/res.partner/name_search", 405, 100),
        ("POST", "/res.partner", 400, 100),
        ("PATCH", "/res.partner/1", 400, 100),
    ],
)
def test_what_is_not_there(rest: Caller, verb: str, path: str, status: int, code: int) -> None:
    """Models, records, addresses, verbs and bodies that are missing."""
    reply = rest(verb, path)
    assert (reply.status_code, error(reply)["code"]) == (status, code)
    assert ("Allow" in reply.headers) == (status == 405)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, 100),
        ("[" * 3000, 400, 100),
        ('{"name": NaN}', 400, 100),
        ('{"name": "\\ud800"}', 400, 100),
        (b'{"name": "\xff"}', 400, 100),
        ("5", 422, 100),
        ("[5]", 422, 100),
        ("{}", 422, 304),
        ('{"nope": 1}', 422, 100),
        ('{"name": "x\\u0000"}', 422, 100),
        ('{"name": "x", "color": 1e30}', 422, 100),
        ('{"name": "x", "parent_id": {"a": 1}}', 422, 100),
        ('{"name": "x", "child_ids": 5}', 422, 100),
        ('{"name": "x", "child_ids": [[0]]}', 422, 100),
        ('{"name": "x", "child_ids": [{"nope": 1}]}', 422, 100),
    ],
)
def test_bodies_that_make_no_record(rest: Caller, body: Any, status: int, code: int) -> None:
    """What is no JSON is malformed, the rest is refused by the model; nothing is left behind."""
    before = rest("GET", "/res.partner").headers["X-Total-Count"]
    reply = rest("POST", "/res.partner", data=body, content_type="application/json")
    assert (reply.status_code, error(reply)["code"]) == (status, code)
    assert rest("GET", "/res.partner").headers["X-Total-Count"] == before


def test_values_and_domains_that_are_too_deep(rest: Caller) -> None:
    """JSON that is well formed, but nested beyond what the models follow."""
    values: dict[str, Any] = {"name": "Ada"}
    domain: list[Any] = [["name", "=", "Ada"]]
    for _ in range(450):
        values, domain = {"name": "Ada", "child_ids": [values]}, [["child_ids", "any", domain]]
    replies = [
        rest("POST", "/res.partner", json=values),
        rest("GET", "/res.partner", query_string={"domain": json.dumps(domain)}),
    ]
    assert [reply.status_code for reply in replies] == [422, 400]
    assert {error(reply)["message"] for reply in replies} == {"nested too deeply"}


def test_other_content_types(rest: Caller) -> None:
    """A body has to say that it is JSON."""
    reply = rest("POST", "/res.partner", data="name=Ada", content_type="application/x-www-form-urlencoded")
    assert (reply.status_code, error(reply)["code"]) == (415, 100)


def test_bodies_that_are_too_large() -> None:
    """HTTP 413 in the form of all errors, and the connection ends."""
    odoo = FakeOdoo(max_body=10)
    reply = Caller(odoo)("POST", "/res.partner", json={"name": "Ada Lovelace"})
    assert (reply.status_code, error(reply)["code"]) == (413, 100)
    assert reply.headers["Connection"] == "close"
    odoo.close()


def test_the_other_dialect_has_no_rest() -> None:
    """A real Odoo answers with its page for what is not found."""
    odoo = FakeOdoo(dialect="odoo")
    for path in ("", "/res.partner", "/res.partner/1"):
        reply = Caller(odoo)("GET", path)
        assert (reply.status_code, reply.mimetype) == (404, "text/html")
    odoo.close()


# -------------------------------------------------------------------- versions and retries


def test_a_record_that_was_changed_meanwhile(rest: Caller) -> None:
    """If-Match keeps a client from changing, deleting or acting on another version than it knows."""
    path = f"/res.partner/{rest.partner()}"
    known = {"If-Match": rest("GET", path).headers["ETag"]}
    changed = rest("PATCH", path, json={"city": "Rome"}, headers=known)
    assert changed.status_code == 200
    for verb, where in (("PATCH", path), ("DELETE", path), ("POST", f"{path}/write")):
        reply = rest(verb, where, json={"city": "Oslo"}, headers=known)
        assert (reply.status_code, error(reply)["code"]) == (412, 100)
    assert rest("GET", path).json["city"] == "Rome"
    assert rest("DELETE", path, headers={"If-Match": changed.headers["ETag"]}).status_code == 204


def test_any_version(rest: Caller) -> None:
    """`*` matches every record there is."""
    path = f"/res.partner/{rest.partner()}"
    assert rest("PATCH", path, json={"city": "Rome"}, headers={"If-Match": "*"}).status_code == 200
    assert rest("DELETE", f"/res.partner/{MISSING}", headers={"If-Match": "*"}).status_code == 404


def test_the_version_is_that_of_the_record(rest: Caller) -> None:
    """It is the same whatever fields are asked for, and whoever has it gets HTTP 304."""
    path = f"/res.partner/{rest.partner()}"
    tag = rest("GET", path).headers["ETag"]
    assert rest("GET", f"{path}?fields=name").headers["ETag"] == tag
    reply = rest("GET", path, headers={"If-None-Match": tag})
    assert (reply.status_code, reply.data, reply.headers["ETag"]) == (304, b"", tag)


def test_a_retry_does_nothing(rest: Caller) -> None:
    """The same key and body give the same answer, once made; another body is refused."""
    key = {"Idempotency-Key": "order-1"}
    first = rest("POST", "/res.partner", json={"name": "Ada"}, headers=key)
    again = rest("POST", "/res.partner", json={"name": "Ada"}, headers=key)
    assert (again.status_code, again.data, [*again.headers]) == (201, first.data, [*first.headers])
    other = rest("POST", "/res.partner", json={"name": "Bob"}, headers=key)
    assert (other.status_code, error(other)["code"]) == (422, 100)
    assert rest("GET", '/res.partner?domain=[["name","=","Ada"]]').headers["X-Total-Count"] == "1"


def test_a_failure_may_be_retried(rest: Caller) -> None:
    """A failed request left no trace, so its key is free."""
    key = {"Idempotency-Key": "order-1"}
    assert rest("POST", "/res.partner", json={}, headers=key).status_code == 422
    assert rest("POST", "/res.partner", json={"name": "Ada"}, headers=key).status_code == 201


def test_a_reset_forgets_keys(rest: Caller) -> None:
    """What a fresh database does not hold was not done."""
    key = {"Idempotency-Key": "order-1"}
    rest("POST", "/res.partner", json={"name": "Ada"}, headers=key)
    rest.odoo.reset()
    assert rest("POST", "/res.partner", json={"name": "Bob"}, headers=key).status_code == 201


def test_retries_at_the_same_time(rest: Caller) -> None:
    """Of several requests with one key, one does the work and the others wait for its answer."""
    answers: list[Any] = []

    def post() -> None:
        reply = Caller(rest.odoo)("POST", "/res.partner", json={"name": "Ada"}, headers={"Idempotency-Key": "k"})
        answers.append(json.loads(reply.data)["id"])

    threads = [Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


def test_an_overlong_key(rest: Caller) -> None:
    """A key of more than 255 characters is malformed."""
    reply = rest("POST", "/res.partner", json={"name": "Ada"}, headers={"Idempotency-Key": "k" * 256})
    assert (reply.status_code, error(reply)["code"]) == (400, 100)
