#!/bin/sh
# The main job on the reports in fixtures/. Exit status 1 (findings) is what a report with a wrong sum is meant to give.
set -eu
gouji="${BIN:-.venv/bin}/gouji"
"$gouji" --version
set -- fixtures/corpus/*/input.*
if [ ! -e "$1" ] || ! "$gouji" parse --help >/dev/null 2>&1; then
    "$gouji" --help
    exit 0
fi
mkdir -p out
status=0
"$gouji" parse "$@" >out/demo.jsonl || status=$?
[ "$status" -le 1 ] || exit "$status"
echo "$(wc -l <out/demo.jsonl) reports in out/demo.jsonl"
if "$gouji" check --help >/dev/null 2>&1; then
    "$gouji" check "$@" || status=$?
    [ "$status" -le 1 ] || exit "$status"
fi
