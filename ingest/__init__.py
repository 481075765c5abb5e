"""Files to papers to passages. Knows no vectors and no language models."""
