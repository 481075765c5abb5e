"""Addresses: where text goes, and whether it leaves this machine."""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import urlsplit, urlunsplit

from assistant.models.errors import BadModelName

THIS_MACHINE = "this machine"


def checked(address: str) -> str:
    """Check that an address can be a server's.

    Args:
        address: What was given.

    Returns:
        It, without a slash at its end.

    Raises:
        BadModelName: It is none.
    """
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadModelName(
            f"{without_secrets(address)!r} is not the address of a server. "
            "It looks like http://127.0.0.1:8080/v1 or https://example.org/v1."
        )
    return address


def without_secrets(address: str) -> str:
    """An address without the name and the password before its host, and without its query."""
    try:
        parts = urlsplit(address)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        return "(unreadable)"


def is_local(address: str) -> bool:
    """Whether an address is on this machine, going by its host's name alone."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def where(address: str) -> str:
    """``this machine``, or the host of an address, with its port where it names one."""
    return THIS_MACHINE if is_local(address) else urlsplit(address).netloc.rpartition("@")[2]


def ollama_address() -> str:
    """Where Ollama is, from ``OLLAMA_HOST``; understands what Ollama itself does.

    Returns:
        Its address.

    Raises:
        BadModelName: ``OLLAMA_HOST`` is no address.
    """
    host = os.environ.get("OLLAMA_HOST", "").strip()
    if not host:
        return "http://127.0.0.1:11434"
    scheme, there, rest = host.rpartition("://")
    parts = urlsplit(f"{scheme if there else 'http'}://{rest}")
    try:
        port = parts.port or {"https": 443}.get(parts.scheme, 80 if there else 11434)
    except ValueError:
        return checked(host)
    name = parts.hostname or "127.0.0.1"
    if name in {"0.0.0.0", "::"}:  # noqa: S104 - where a server listens is no place to call
        name = "127.0.0.1"
    userinfo = parts.netloc.rpartition("@")
    shown = f"[{name}]" if ":" in name else name
    return checked(f"{parts.scheme}://{userinfo[0]}{userinfo[1]}{shown}:{port}{parts.path}")
