"""Performs the steps of a recorded case on a server and tells what came back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.clients import CLIENTS, Client, Json2, JsonRpc, Outcome, RpcClient, Target, XmlRpc, result_of
from fauxdoo.harness.recordings import Case, Step

__all__ = ["UNREFERRED", "Performer", "plain"]

UNREFERRED = "it refers to a result that never came"

_Saved = dict[str, Any]


def _token() -> str:
    """A word no other case has, as long as the recorded ones, whose sizes are compared.

    Without digits: with "50" in it, it would match `ilike "50%"` (domain/translated-char).
    """
    return "zq" + "".join(secrets.choice("abcdef") for _ in range(10))


class Performer:
    """A server seen by many users over many protocols; logins and sessions last as long as the performer."""

    def __init__(self, target: Target, via: str | None = None) -> None:
        self.target = target
        self.via = via or JsonRpc.name
        self._browser = Browser(target.url, target.timeout)
        self._xmlrpc = XmlRpc(target, self._browser)
        self._clients: dict[tuple[str, str, str], Client] = {}
        self._sessions: dict[str, Browser] = {}
        self._xmlids: dict[str, int] = {}
        self._do: dict[str, Callable[[Step], Outcome]] = {"call": self._call, "rpc": self._rpc, "http": self._http}

    def perform(self, case: Case) -> tuple[str, list[Outcome]]:
        """Run a case: its unique token and one outcome per step; a step that got no answer is `{"broken": why}`."""
        uniq, saved, outcomes = _token(), _Saved(), []
        for step in case["steps"]:
            outcome = self._step(step, saved, uniq)
            if "save" in step:
                saved[step["save"]] = outcome.get("result", outcome.get("json"))
            outcomes.append(outcome)
        return uniq, outcomes

    def close(self) -> None:
        """Close all connections."""
        for client in (self._xmlrpc, *self._clients.values()):
            client.close()
        for browser in self._sessions.values():
            browser.close()

    def _step(self, step: Step, saved: _Saved, uniq: str) -> Outcome:
        task = {key: value for key, value in step.items() if key not in ("expect", "save")}
        try:
            filled = self._filled(task, saved, uniq)
        except (LookupError, TypeError):
            return {"broken": UNREFERRED}
        try:
            outcome: Outcome = plain(self._do[filled["do"]](filled))
        except Exception as error:  # the server broke off
            return {"broken": f"{type(error).__name__}: {error}"[:200]}
        return outcome

    def _call(self, step: Step) -> Outcome:
        client = self._client(step.get("via") or self.via, step.get("as") or self._admin)
        if isinstance(client, Json2):
            ids = {"ids": step["ids"]} if "ids" in step else {}
            return client.outcome(step["model"], step["method"], [], {**step.get("kwargs", {}), **ids})
        return client.outcome(step["model"], step["method"], step.get("args", []), step.get("kwargs", {}))

    def _rpc(self, step: Step) -> Outcome:
        client: RpcClient = self._xmlrpc
        if step.get("via", JsonRpc.name) == JsonRpc.name:
            client = self._json_rpc(self._admin)
        return client.service(step["service"], step["method"], step.get("args", []))

    def _http(self, step: Step) -> Outcome:
        browser, headers = self._session(step.get("session")), step.get("headers") or {}
        method, path = step.get("method", "GET"), step["path"]
        if "json" in step:
            response = browser.request_json(method, path, step["json"], headers)
        else:
            response = browser.request(method, path, step.get("body", "").encode(), headers)
        outcome = {"status": response.status, "type": response.media_type}
        try:
            return {**outcome, "json": response.json()}
        except ValueError:
            return {**outcome, "text": response.text[:300] if response.media_type != "text/html" else "<html>"}

    def _client(self, via: str, user: dict[str, str]) -> Client:
        key = (via, user["login"], user["password"])
        if key not in self._clients:
            self._clients[key] = self._new_client(CLIENTS[via], user)
        return self._clients[key]

    def _new_client(self, kind: type[Client], user: dict[str, str]) -> Client:
        target = replace(self.target, login=user["login"], password=user["password"])
        if kind is XmlRpc:
            client = XmlRpc(target, self._browser)
            client.uid = self._json_rpc(user).uid
            return client
        return kind(target, self._browser if kind in (JsonRpc, Json2) else None)

    def _json_rpc(self, user: dict[str, str]) -> JsonRpc:
        client = self._client(JsonRpc.name, user)
        assert isinstance(client, JsonRpc)
        return client

    def _session(self, name: str | None) -> Browser:
        if name is None:
            return self._browser
        if name not in self._sessions:
            self._sessions[name] = Browser(self.target.url, self.target.timeout)
        return self._sessions[name]

    @property
    def _admin(self) -> dict[str, str]:
        return {"login": self.target.login, "password": self.target.password}

    def _xmlid(self, name: str) -> int:
        if name not in self._xmlids:
            module, _, key = name.partition(".")
            outcome = self._json_rpc(self._admin).outcome(
                "ir.model.data",
                "search_read",
                [[["module", "=", module], ["name", "=", key]]],
                {"fields": ["res_id"]},
            )
            self._xmlids[name] = result_of(outcome)[0]["res_id"] if outcome.get("result") else -1
        return self._xmlids[name]

    def _filled(self, value: Any, saved: _Saved, uniq: str) -> Any:
        if isinstance(value, dict):
            if set(value) == {"$ref"}:
                return _referred(value["$ref"], saved)
            if set(value) == {"$xmlid"}:
                return self._xmlid(value["$xmlid"])
            return {self._filled(key, saved, uniq): self._filled(item, saved, uniq) for key, item in value.items()}
        if isinstance(value, list):
            return [self._filled(item, saved, uniq) for item in value]
        return self._filled_text(value, uniq) if isinstance(value, str) else value

    def _filled_text(self, text: str, uniq: str) -> str:
        target = self.target
        for name, value in (
            ("uniq", uniq),
            ("db", target.db),
            ("login", target.login),
            ("password", target.password),
            ("apikey", target.api_key),
        ):
            text = text.replace("{{" + name + "}}", value)
        return text


def _referred(path: str, saved: _Saved) -> Any:
    name, *parts = path.split(".")
    value = saved[name]
    for part in parts:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def plain(value: Any) -> Any:
    """The JSON form of a decoded XML-RPC value."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": value.hex()}
    return value.isoformat(" ") if hasattr(value, "isoformat") else value
