"""From reports to files and tables: JSON lines, data frames, findings for people and for programs."""
