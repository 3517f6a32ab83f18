"""How many requests a second a server answers, from a client that costs little itself."""

from __future__ import annotations

import http.client
import selectors
import socket
import time
from urllib.parse import urlsplit

import orjson

__all__ = ["answer", "post", "rate", "sequential"]

CONNECTIONS = 8
DEPTH = 8
"""Requests sent at once on each connection (HTTP pipelining), so that the client does not become the limit."""


def post(path: str, payload: object, *headers: str, verb: str = "POST") -> bytes:
    """The bytes of a request with JSON, or with bytes as they are; its type is JSON unless the headers say another."""
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    kind = [] if any(header.startswith("Content-Type:") for header in headers) else ["Content-Type: application/json"]
    head = [f"{verb} {path} HTTP/1.1", "Host: localhost", *kind, *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def answer(url: str, request: bytes) -> bytes:
    """The whole response to one request: head and body."""
    with _connected(url) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(1 << 16)
        head = received.partition(b"\r\n\r\n")[0]
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        size = len(head) + 4 + int(fields[b"content-length"])
        while len(received) < size:
            received += connection.recv(1 << 16)
        return received


def rate(url: str, request: bytes, seconds: float = 2.0) -> float:
    """Requests per second while every connection always has requests waiting.

    Counts bytes: the response to `request` must have the same length each time.
    """
    size = len(answer(url, request))
    waiting = {_connected(url): 0 for _ in range(CONNECTIONS)}
    with selectors.DefaultSelector() as selector:
        for connection in waiting:
            selector.register(connection, selectors.EVENT_READ)
            connection.sendall(request * DEPTH)
        started, answered = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - started) < seconds:
            for key, _ in selector.select(1.0):
                ready = key.fileobj
                assert isinstance(ready, socket.socket)
                waiting[ready] += len(ready.recv(1 << 20))
                done, waiting[ready] = divmod(waiting[ready], size)
                if done:
                    answered += done
                    ready.sendall(request * done)
    for connection in waiting:
        connection.close()
    return answered / elapsed


def sequential(url: str, request: bytes, requests: int = 500) -> float:
    """Requests a second, one after the other on one connection."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    verb, path, _version = first.split()
    headers = dict(line.split(": ", 1) for line in lines[1:])
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    started = time.perf_counter()
    for _ in range(requests):
        connection.request(verb, path, body, headers)
        reply = connection.getresponse()
        reply.read()
        assert reply.status == 200, reply.status
    elapsed = time.perf_counter() - started
    connection.close()
    return requests / elapsed


def _connected(url: str) -> socket.socket:
    address = urlsplit(url)
    connection = socket.create_connection((address.hostname or "", address.port or 0), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection
