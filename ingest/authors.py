"""Names of authors that are wholes, such as an organisation's: kept in braces, as in BibTeX."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\{\s*([^{}]*[^{}\s])\s*\}")


def whole(name: str) -> str:
    """A name that nobody parts into family and given name.

    Args:
        name: The name.

    Returns:
        It in braces; as it is where nothing in it could be parted.
    """
    plain = " ".join(re.sub("[{}]", "", name).split())
    return f"{{{plain}}}" if re.search(r"[\s,]", plain) else plain


def unbraced(name: str) -> str:
    """A name without the braces that make it a whole."""
    found = _WHOLE.fullmatch(name)
    return found[1] if found else name
