"""What is told between the program and the processes that read files for it.

A message is JSON and bytes, with their lengths before them. No pickle: whoever reads hostile
files is not to be trusted with what runs where its answers are taken in.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import struct
from contextlib import suppress
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    BinaryIO,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from ingest import document, layout
from ingest.layout import Box, Layout, Page
from ingest.types import ParsedPaper

OUT_OF_MEMORY = 3
"""The exit code of a reader that may not have as much memory as a file needs."""

_WAITING = 10
"""So many times as long as it may compute, a reader may take: the processor has others to serve,
and Tesseract computes for it."""

Made = TypeVar("Made")

_LENGTHS = struct.Struct(">QQ")


class BadMessage(Exception):  # noqa: N818 - reads as what it is
    """A message is cut short, or not of the form that was agreed on."""


@dataclasses.dataclass(frozen=True, slots=True)
class Sight:
    """A page that is to be seen, counted from 1, and the boxes to be marked on it."""

    page: int
    boxes: tuple[Box, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """A file to read, beside its bytes, and the seconds of computing that it may take.

    With a ``sight``, a picture of that page is wanted, and no paper.
    """

    path: str
    password: str | None
    seconds: float
    sight: Sight | None = None

    @property
    def patience(self) -> float:
        """The seconds after which it is given up in any case."""
        return _WAITING * self.seconds


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file: a paper or a PNG, why there is none, or the traceback of an error."""

    paper: ParsedPaper | None = None
    picture: bytes = b""
    unreadable: str = ""
    traceback: str = ""


def send(stream: BinaryIO, head: object, body: bytes = b"") -> None:
    """Write a message.

    Args:
        stream: Where to.
        head: JSON values, bytes, dataclasses and layouts.
        body: Bytes beside it.
    """
    text = json.dumps(head, default=_plain).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, at_most: int) -> tuple[Any, bytes]:
    """Read a message.

    Args:
        stream: Where from.
        at_most: Bytes that a message may have.

    Returns:
        Its JSON values, and its bytes.

    Raises:
        BadMessage: It ends too early, is too long, or is no JSON.
    """
    lengths = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if sum(lengths) > at_most:
        raise BadMessage(f"a message of {sum(lengths):,} bytes")
    text, body = (_exactly(stream, length) for length in lengths)
    try:
        return json.loads(text), body
    except ValueError as error:
        raise BadMessage(str(error)) from error


def built(kind: type[Made], value: Any) -> Made:
    """Make a value of a type of what its JSON form says.

    Args:
        kind: A dataclass, a named tuple, or what their fields are made of.
        value: What `send` made of such a value.

    Returns:
        An equal value.

    Raises:
        BadMessage: The value is not of this type.
    """
    try:
        return cast("Made", _built(kind, value))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadMessage(f"no {getattr(kind, '__name__', kind)}: {error}") from error


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BadMessage("the other side is gone")
    return data


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Layout):
        words = base64.b64encode(value.to_bytes()).decode()
        return {"pages": value.pages, "words": words}
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} is no part of a message")


def _built(kind: Any, value: Any) -> Any:
    inner = get_args(kind)
    match get_origin(kind):
        case None:
            return _of_class(kind, value)
        case origin if origin in {Union, UnionType}:
            return _either(inner, value)
        case origin if origin is tuple:
            kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
            return tuple(_built(one, part) for one, part in zip(kinds, value, strict=True))
        case origin if origin is dict:
            return {_built(inner[0], key): _built(inner[1], part) for key, part in value.items()}
    if value not in inner:  # of a literal
        raise ValueError(f"{value!r:.40} is none of {inner}")
    return value


def _of_class(kind: Any, value: Any) -> Any:
    if kind is Layout:
        pages = [_built(Page, page) for page in value["pages"]]
        return Layout.from_bytes(pages, base64.b64decode(value["words"]))
    if hasattr(kind, "__dataclass_fields__"):
        fields = _fields(kind)
        return kind(**{name: _built(fields[name], part) for name, part in value.items()})
    if hasattr(kind, "_fields"):
        parts = zip(_fields(kind).values(), value, strict=True)
        return kind(*(_built(one, part) for one, part in parts))
    if kind is bytes:
        return base64.b64decode(value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{value!r:.40} is no {kind.__name__}")
    return value


def _either(kinds: tuple[Any, ...], value: Any) -> Any:
    """The first of some types that fits; None only for what is None."""
    if value is None and NoneType in kinds:
        return None
    *others, last = [kind for kind in kinds if kind is not NoneType]
    for kind in others:
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            return _built(kind, value)
    return _built(last, value)


@cache
def _fields(kind: Any) -> dict[str, Any]:
    """The types of a class's fields; some modules import each other for type checkers only."""
    return get_type_hints(kind, localns={**vars(document), **vars(layout)})
