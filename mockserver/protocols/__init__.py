"""Bytes to calls and results to bytes, one module per protocol."""

from __future__ import annotations

from fauxdoo.mockserver.protocols.base import Protocol
from fauxdoo.mockserver.protocols.dataset import Dataset
from fauxdoo.mockserver.protocols.docs import Docs
from fauxdoo.mockserver.protocols.files import Files
from fauxdoo.mockserver.protocols.hooks import Hooks
from fauxdoo.mockserver.protocols.json2 import Json2
from fauxdoo.mockserver.protocols.jsonrpc import JsonRpc
from fauxdoo.mockserver.protocols.pages import Pages
from fauxdoo.mockserver.protocols.reports import Reports
from fauxdoo.mockserver.protocols.rest import Documentation, Rest
from fauxdoo.mockserver.protocols.web import Sessions
from fauxdoo.mockserver.protocols.xmlrpc import XmlRpc

__all__ = [
    "Dataset",
    "Docs",
    "Documentation",
    "Files",
    "Hooks",
    "Json2",
    "JsonRpc",
    "Pages",
    "Protocol",
    "Reports",
    "Rest",
    "Sessions",
    "XmlRpc",
]
