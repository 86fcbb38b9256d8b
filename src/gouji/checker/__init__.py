"""What does not add up, and which cell is to blame. Never rewrites a value: proposes."""
