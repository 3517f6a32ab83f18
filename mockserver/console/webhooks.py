"""Signed webhooks over the admin API: configured, listed, triggered, sent again, hindered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from werkzeug.exceptions import BadRequest, NotFound

from fauxdoo.mockserver.console.base import Operation, Part
from fauxdoo.mockserver.console.schemas import ANY, NUMBER, STATUS, TEXT, WHOLE, listed, record, told
from fauxdoo.mockserver.errors import OdooError
from fauxdoo.mockserver.webhooks import Adversary, Delivery

__all__ = ["WebhooksPart"]

_TRIGGER = told(TEXT, "create, write, unlink, or the name of a method.")
_KINDS: dict[str, Any] = {"int": WHOLE, "str": TEXT, "dict[str, Any]": ANY}
_DELIVERY = record(**{each.name: _KINDS[str(each.type)] for each in fields(Delivery)})


class WebhooksPart(Part):
    """All of the default database."""

    key = "webhooks"

    def operations(self) -> Iterable[Operation]:
        """Make, remove, list, trigger, send."""
        takes = record(
            ["model", "trigger", "url"],
            model=TEXT,
            trigger=_TRIGGER,
            url=TEXT,
            secret=TEXT,
            domain=listed(ANY),
            fields=listed(TEXT),
        )
        one = record(["id"], id=WHOLE)
        yield Operation("POST", "webhooks", self._register, "Make a webhook", takes=takes, answers=one)
        yield Operation("DELETE", "webhooks", self._remove, "Remove a webhook", takes=one, answers=STATUS)
        summary = "What was sent, is to be sent, or was given up"
        yield Operation("GET", "webhooks/deliveries", self._deliveries, summary, answers=listed(_DELIVERY))
        takes = record(["model", "event", "id"], model=TEXT, event=_TRIGGER, id=WHOLE)
        answers = record(["webhooks"], webhooks=told(WHOLE, "How many webhooks it concerns."))
        summary = "Send an event as if it had happened"
        yield Operation("POST", "webhooks/trigger", self._trigger, summary, takes=takes, answers=answers)
        yield Operation("POST", "webhooks/resend", self._resend, "Send a delivery again", takes=one, answers=STATUS)
        summary = "Send all that is due before this is answered"
        yield Operation("POST", "webhooks/flush", self._flush, summary, answers=STATUS)
        chances = {each.name: WHOLE if each.name == "seed" else NUMBER for each in fields(Adversary) if each.init}
        chances.pop("_kinds")
        summary = "Hinder what is sent from now on, by chances from 0 to 1; without any no longer"
        yield Operation("POST", "webhooks/adversary", self._hinder, summary, takes=record(**chances), answers=STATUS)

    def _register(self, arguments: dict[str, Any]) -> Any:
        try:
            return {"id": self.odoo.webhooks.register(**arguments)}
        except (OdooError, ValueError) as error:
            raise BadRequest(str(error)) from None

    def _remove(self, arguments: dict[str, Any]) -> Any:
        with self.database().transaction(su=True) as env:
            webhook = env["ir.webhook"].browse(arguments["id"]).exists() if "ir.webhook" in env else None
            if not webhook:
                raise NotFound("No such webhook")
            webhook.unlink()
        return {"status": "ok"}

    def _deliveries(self, arguments: dict[str, Any]) -> Any:
        return [asdict(delivery) for delivery in self._asked(lambda webhooks: webhooks.deliveries)]

    def _trigger(self, arguments: dict[str, Any]) -> Any:
        model, event, id = arguments["model"], arguments["event"], arguments["id"]
        with self.database().transaction(su=True) as env:
            if model not in env or not env[model].browse(id).exists():
                raise NotFound("No such record")
        return {"webhooks": self._asked(lambda webhooks: webhooks.trigger(model, event, id))}

    def _resend(self, arguments: dict[str, Any]) -> Any:
        try:
            self._asked(lambda webhooks: webhooks.resend(arguments["id"]))
        except KeyError:
            raise NotFound("No such delivery") from None
        return {"status": "ok"}

    def _flush(self, arguments: dict[str, Any]) -> Any:
        self.odoo.webhooks.flush()
        return {"status": "ok"}

    def _hinder(self, arguments: dict[str, Any]) -> Any:
        self._asked(lambda webhooks: webhooks.adversary(**arguments))
        return {"status": "ok"}

    def _asked(self, question: Any) -> Any:
        try:
            return question(self.odoo.webhooks)
        except ValueError as error:
            raise BadRequest(str(error)) from None
