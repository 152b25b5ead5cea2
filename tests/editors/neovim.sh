#!/usr/bin/env bash
# Neovim without windows: findings, a quick fix, fix on save.
set -euo pipefail
program=$(realpath "${1:?the program}")
here=$(dirname "$(realpath "$0")")
# shellcheck source=tests/editors/site.sh
source "$here/site.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
make_site "$folder"
cd "$folder"
CONNLINT=$program RESULT=$folder/result timeout 60 nvim --headless -u NONE a.md -c "luafile $here/neovim.lua"
expect "$(cat result)" 'guide/doubled-word' 'guide/anchor-broken' 'action: Apply all safe fixes of connlint' 'left after the fix: 3'
expect "$(cat a.md)" 'Open the page.'
