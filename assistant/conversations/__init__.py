"""Conversations and records of answers, kept beside a library."""
