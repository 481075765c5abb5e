"""Concepts across papers: which there are, what each paper says of one, and how it is called."""

from assistant.concepts.types import Alias, AliasKind, Concept, ConceptEntry, ConceptName

__all__ = ["Alias", "AliasKind", "Concept", "ConceptEntry", "ConceptName"]
