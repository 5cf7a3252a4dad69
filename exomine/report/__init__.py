"""One page to look at: counts, matrix, network, timeline, contradictions, and the sentences behind each number."""
