"""A working day: readers and pollers all the time, people on their telephones, an import now and then."""

from __future__ import annotations

from fauxdoo.loadtests.profiles import catalogue_reader, mobile_app, order_importer, stock_poller
from fauxdoo.loadtests.shapes import *  # noqa: F403

__all__ = ["App", "Importer", "Poller", "Reader"]


class Reader(catalogue_reader.CatalogueOverJson2):
    """Half of the load."""

    weight = 10


class App(mobile_app.MobileApp):
    """People."""

    weight = 6


class Poller(stock_poller.StockPoller):
    """The warehouse."""

    weight = 3


class Importer(order_importer.OrderImporter):
    """The marketplace."""

    weight = 1
