#!/usr/bin/env bash
# Emacs in batch mode with eglot: findings and actions, and the fix of all.
set -euo pipefail
program=$(realpath "${1:?the program}")
here=$(dirname "$(realpath "$0")")
# shellcheck source=tests/editors/site.sh
source "$here/site.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
make_site "$folder/site"
mkdir -p "$folder/home/.emacs.d"
load=()
for package in /usr/share/emacs/site-lisp/elpa/*/; do load+=(-L "$package"); done
result=$(cd "$folder/site" && HOME=$folder/home CONNLINT=$program timeout 90 emacs -Q --batch "${load[@]}" -l "$here/emacs.el" 2>"$folder/errors") ||
  { cat "$folder/errors" >&2; exit 1; }
expect "$result" 'duplicate word' 'Apply all safe fixes of connlint' 'Open the page.'
