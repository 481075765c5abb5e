"""The retrieval test suite: golden questions, metrics, runs, comparison, report."""
