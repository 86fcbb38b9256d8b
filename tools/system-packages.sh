#!/bin/sh
# Install the Debian packages that some tests use: LibreOffice (tests marked `soffice`), CJK fonts, poppler.
# Where that is impossible those tests are skipped, so this script warns and succeeds.
set -u
missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
{ command -v fc-list >/dev/null 2>&1 && fc-list | grep -qi 'noto.*cjk'; } || missing="$missing fontconfig fonts-noto-cjk"
[ -n "$missing" ] || { echo "system packages: all there"; exit 0; }

if ! command -v apt-get >/dev/null 2>&1; then
    echo "system packages: not a Debian machine; install by hand:$missing" >&2
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    sudo=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    echo "system packages: neither root nor sudo; tests that need these will be skipped:$missing" >&2
    exit 0
fi
echo "system packages: installing$missing"
log=$(mktemp)
# shellcheck disable=SC2086 # lists of words
if $sudo apt-get update -qq >"$log" 2>&1 &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >>"$log" 2>&1; then
    echo "system packages: installed"
else
    tail -5 "$log" >&2
    echo "system packages: could not install; tests that need these will be skipped:$missing" >&2
fi
rm -f "$log"
exit 0
