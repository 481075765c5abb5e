"""Readers: a file's bytes to a `Document`; one module a kind of file."""
