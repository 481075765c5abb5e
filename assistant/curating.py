"""What is known about the papers of a library: correcting, exporting and judging it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from assistant.shelf import Shelf
from assistant.types import Duplicate, PaperHealth
from ingest.types import Paper

if TYPE_CHECKING:
    from assistant.bibliography import BibliographyFormat
    from assistant.corrections import Fields


class Curator(Shelf):
    """A shelf whose papers can be described better, exported and examined."""

    def update(self, paper_id: str, **fields: Unpack[Fields]) -> Paper:
        """Correct what is known about a paper, by hand.

        Corrections beat whatever a file says, and stay when the file is added again or
        changes. An empty text or list says that the paper has none.

        Args:
            paper_id: See `paper`.
            **fields: ``title``, ``authors``, ``year``, ``venue``, ``doi``, ``keywords``,
                ``abstract``, ``language``; None takes a correction back.

        Returns:
            The paper as it is now.

        Raises:
            UnknownPaper: There is none of this id.
            BadCorrection: There is no such field, or it cannot have such a value.
            LibraryBusy: Another process is writing.
            LibraryUnwritable: No room or no permission; the paper is as before.
        """
        from assistant.corrections import corrected

        return corrected(self._library, self.paper(paper_id).id, fields)

    def export(self, form: BibliographyFormat) -> str:
        """All papers as the text of a bibliography file.

        Args:
            form: ``"bibtex"``, ``"ris"``, ``"csl"`` (CSL-JSON) or ``"apa"``.

        Returns:
            An entry for each paper, by title.

        Raises:
            BadSettings: There is no such format.
        """
        from assistant.bibliography import written

        return written(self._library.papers(), form)

    def health(self, paper_id: str | None = None) -> list[PaperHealth]:
        """How well the files of papers could be read, the worst first.

        Args:
            paper_id: Of this paper only, see `paper`; of all where None.

        Returns:
            Score, problems and report of each.

        Raises:
            UnknownPaper: There is none of this id.
        """
        from assistant.health import paper_health

        papers = [self.paper(paper_id)] if paper_id else self._library.papers()
        judged = (paper_health(p, self._library.descriptions.report(p.id)) for p in papers)
        return sorted(judged, key=lambda health: health.score)

    def duplicates(self) -> list[Duplicate]:
        """Pairs of papers that are much the same, each with the reasons."""
        from assistant.duplicates import duplicates

        return duplicates(self._library)
