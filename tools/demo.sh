#!/bin/sh
# The main job on the reports in fixtures/: what was read, what does not add up, where the data went.
# Exit status 1 (findings) is what a report with a wrong sum is meant to give.
set -eu
bin="${BIN:-.venv/bin}"
gouji="$bin/python -m gouji"
out=out/demo
set -- fixtures/seed-2023.txt fixtures/corpus/*/input.*
mkdir -p "$out"
run() { # findings (1) and files that could only be read in part (2) are results, not failures
    "$@" || [ $? -le 2 ] || exit 70
}
$gouji --version
echo
echo "== What was read"
run $gouji parse "$@" >"$out/reports.jsonl"
"$bin/python" - "$out/reports.jsonl" <<'PYTHON'
import sys

import gouji

reports = list(gouji.read_json_lines(sys.argv[1]))
for report in reports:
    print(repr(report))
print()
print(reports[0]["review"])
PYTHON
echo
echo "== What does not add up"
run $gouji check "$@"
echo
echo "== Where the data went"
echo "$out/reports.jsonl: one JSON object a report"

echo
echo "== A folder in, a data set out"
$gouji batch --quiet --out "$out/dataset" "$@" fixtures/layouts --exclude "*.json"
$gouji summary "$out/dataset"
$gouji coverage "$out/dataset"
$gouji export "$out/dataset" --to csv | tail -2
echo
echo "The same command again parses nothing: every result is kept."
$gouji batch --out "$out/dataset" "$@" fixtures/layouts --exclude "*.json"
