"""Everything that holds passages and finds them. Knows no conversation and no answers."""
