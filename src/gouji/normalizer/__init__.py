"""From what a reader saw to canonical cells: labels matched, values placed, doubts kept."""
