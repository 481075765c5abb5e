"""Errors of foreign libraries, told apart without importing them, as errors of this project."""

from __future__ import annotations

import email.utils
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.models.errors import (
    ModelBroke,
    ModelError,
    ModelNotFound,
    ModelOutOfQuota,
    ModelRefusedKey,
    ModelRefusedRequest,
    ModelTimedOut,
    ModelUnreachable,
)

_CUT = {"ReadError", "WriteError", "CloseError", "RemoteProtocolError", "IncompleteRead"}
_CUT |= {"ConnectionResetError", "BrokenPipeError", "ServerDisconnectedError", "ClientPayloadError"}
_NOBODY = {"ConnectError", "ConnectTimeout", "ConnectionError", "APIConnectionError", "gaierror"}
_LATE = {"TimeoutError", "TimeoutException", "APITimeoutError"}
_SECRETS = re.compile(
    r"(?i)\b(?:sk|pk|key|gsk|xai|AIza)[-_A-Za-z0-9*]{10,}|bearer\s+\S+|(?<=://)[^/@\s]+@"
)
_MESSAGE = re.compile(r"""(['"])message\1: *(['"])(?P<message>.*?)\2[,}]""")
_DETAIL = 300
"""Characters of a provider's own words that a message quotes."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as it is raised, and whether asking again may help.

    ``after`` is how long the provider asks to wait, in seconds, or None.
    """

    error: ModelError
    again: bool = False
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """What messages name: the model, where it is, and how to make good what fails.

    ``secret`` is the key, so that it can be taken out of what the provider says;
    ``start`` is how to start the server, ``obtain`` how to get the model.
    """

    name: str
    where: str
    secret: str = ""
    keys: tuple[str, ...] = ()
    start: str = "Is the address right, and is there a connection?"
    obtain: str = "Is the name right?"

    @property
    def at(self) -> str:
        """The model and its place, as a sentence begins."""
        return f"{self.name} ({self.where})"


def translated(error: BaseException, speaker: Speaker) -> Fault:
    """What an error of a provider's library means.

    Args:
        error: Any error that was raised while an answer was waited for.
        speaker: What the message names.

    Returns:
        The error to raise.
    """
    if isinstance(error, ModelError):
        return Fault(error)
    chain = tuple(_chain(error))
    status = next(filter(None, map(_status, chain)), None)
    detail = _detail(error, speaker)
    if status is not None:
        return _by_status(status, chain, detail, speaker)
    kinds = {kind.__name__ for link in chain for kind in type(link).__mro__}
    if kinds & _CUT:
        cut = ModelBroke(f"{speaker.at} broke off the connection. Ask again.")
        return Fault(cut, again=True)
    if kinds & _LATE and "ConnectTimeout" not in kinds:
        return Fault(ModelTimedOut(f"{speaker.at} did not answer in time. Ask again."))
    if kinds & _NOBODY:
        reason = _detail(chain[-1], speaker)
        return Fault(ModelUnreachable(f"{speaker.at} cannot be reached{reason}. {speaker.start}"))
    unreadable = f"{speaker.at} sent nothing, or what cannot be read as a reply."
    return Fault(ModelBroke(f"{unreadable} Is it the right kind of server?"))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that an error of any library tells, or that its body does."""
    body = getattr(error, "body", None)
    for candidate in (
        getattr(error, "status_code", None),
        getattr(getattr(error, "response", None), "status_code", None),
        getattr(error, "code", None),
        body.get("code") if isinstance(body, dict) else None,
    ):
        if isinstance(candidate, int) and 300 <= candidate <= 599:
            return candidate
    return None


def _by_status(
    status: int, chain: tuple[BaseException, ...], detail: str, speaker: Speaker
) -> Fault:
    if status in {401, 403}:
        keys = " or ".join(speaker.keys) or "its settings"
        return Fault(
            ModelRefusedKey(f"{speaker.at} refuses the key ({status}). Check it in {keys}.")
        )
    if status == 404:
        return Fault(
            ModelNotFound(
                f"{speaker.at} has no such model, or no such address{detail}. {speaker.obtain}"
            )
        )
    if status in {402, 429}:
        return _out_of_quota(status, chain, detail, speaker)
    if status >= 500 or status in {408, 409, 425}:
        broke = ModelBroke(f"{speaker.at} failed ({status}){detail}. Ask again later.")
        return Fault(broke, again=True, after=_retry_after(chain))
    return Fault(ModelRefusedRequest(f"{speaker.at} refuses the request ({status}){detail}."))


def _out_of_quota(
    status: int, chain: tuple[BaseException, ...], detail: str, speaker: Speaker
) -> Fault:
    after = _retry_after(chain)
    used_up = status == 402 or any("insufficient_quota" in str(vars(link)) for link in chain)
    if used_up:
        what, advice = "says that the quota is used up", "Look at the account, or use another model"
    else:
        what = "takes no more requests for now"
        advice = f"Ask again in {after:.0f} s" if after else "Ask again in a minute"
    error = ModelOutOfQuota(f"{speaker.at} {what} ({status}){detail}. {advice}.")
    return Fault(error, again=not used_up, after=after)


def _retry_after(chain: tuple[BaseException, ...]) -> float | None:
    """Seconds from the header ``Retry-After``, which holds seconds or a date."""
    for error in chain:
        headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
        value = str(headers.get("retry-after") or "").strip()
        if re.fullmatch(r"\d+(\.\d+)?", value):
            return float(value)
        if value:
            try:
                return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
            except ValueError:
                return None
    return None


def _detail(error: BaseException, speaker: Speaker) -> str:
    """The provider's own words, without keys: ``: "…"``, or nothing."""
    told = _MESSAGE.search(str(error))
    words = " ".join((told["message"] if told else str(error)).split())
    words = re.sub(r"^Error code: \d+ - ", "", words)
    for secret in filter(None, (speaker.secret, *(os.environ.get(key) for key in speaker.keys))):
        words = words.replace(secret, "[key]")
    words = _SECRETS.sub("[key]", words)
    if len(words) > _DETAIL:
        words = words[:_DETAIL] + "…"
    return f": {words.rstrip('. ')}" if words else ""
