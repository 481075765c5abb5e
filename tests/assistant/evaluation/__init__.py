"""Tests of the evaluators' suite."""

import tests.benchmarks  # noqa: F401 - its path: the benchmark's figures are compared with
