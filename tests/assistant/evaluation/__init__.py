"""Tests of the evaluators' suite."""
