"""Everything that is installed with the project may be used beside Apache-2.0."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

PERMISSIVE = re.compile(
    r"(?i)apache|\bmit\b|\bbsd\b|\bisc\b|python software foundation|\bpsf|zlib|unlicen[cs]e|"
    r"mozilla public license 2\.0|mpl-2\.0|\bhpnd\b|public domain|\bcc0|0bsd"
)
COPYLEFT = re.compile(r"(?i)\b(?:a|l)?gpl|affero|general public")


def installed(name: str, seen: dict[str, Distribution]) -> None:
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return
    try:
        seen[key] = distribution(name)
    except PackageNotFoundError:
        return
    for text in seen[key].requires or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            installed(requirement.name, seen)


def licence(package: Distribution) -> str:
    def first(name: str) -> str:
        return str((package.metadata.get_all(name) or [""])[0])

    classifiers = package.metadata.get_all("Classifier") or []
    classified = " ".join(text for text in classifiers if text.startswith("License"))
    return first("License-Expression") or classified or first("License")[:200]


def packages() -> list[Distribution]:
    seen: dict[str, Distribution] = {}
    installed("governance-assistant", seen)
    return list(seen.values())


@pytest.mark.parametrize("package", packages(), ids=lambda package: str(package.name))
def test_licence_is_compatible(package: Distribution) -> None:
    stated = licence(package)
    assert PERMISSIVE.search(stated), f"{package.name}: {stated!r}"
    assert not COPYLEFT.search(stated), f"{package.name}: {stated!r}"
