"""Joining domains as clients send them, without rewriting their conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["conjunction"]

_TRUE = ([1, "=", 1], (1, "=", 1))


def conjunction(domains: Iterable[Any]) -> list[Any]:
    """One domain for all of several: `&` signs, then the terms. Domains that are always true are left out."""
    terms = [term for domain in domains for term in _terms(domain) if term not in ([_TRUE[0]], [_TRUE[1]])]
    if not terms:
        return [[1, "=", 1]]
    return ["&"] * (len(terms) - 1) + [item for term in terms for item in term]


def _terms(domain: Any) -> list[list[Any]]:
    """The parts of a domain that its outermost `&` signs, written or not, join."""
    if not isinstance(domain, (list, tuple)):
        return [] if domain is None or domain is True else [list(domain)]
    stack: list[list[list[Any]]] = []
    for item in reversed(domain):
        if item == "&":
            stack.append(stack.pop() + stack.pop())
        elif item == "|":
            first, second = stack.pop(), stack.pop()
            stack.append([["|", *_whole(first), *_whole(second)]])
        elif item == "!":
            stack.append([["!", *_whole(stack.pop())]])
        else:
            stack.append([[item]])
    return [term for terms in reversed(stack) for term in terms]


def _whole(terms: list[list[Any]]) -> list[Any]:
    return ["&"] * (len(terms) - 1) + [item for term in terms for item in term]
