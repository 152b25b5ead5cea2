#!/usr/bin/env bash
# Publishes the npm packages made from the archives of a release, those of the platforms first.
#
# usage: packaging/npm/publish.sh ARCHIVE_FOLDER
set -euo pipefail
archives=${1:?usage: packaging/npm/publish.sh ARCHIVE_FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
programs=()
for archive in "$archives"/connlint-*.tar.gz "$archives"/connlint-*.zip; do
  [ -e "$archive" ] || continue
  case $archive in
    *.zip) python3 -m zipfile -e "$archive" "$scratch" ;;
    *) tar --extract --gzip --file "$archive" --directory "$scratch" ;;
  esac
  target=$(basename "$archive" .tar.gz)
  target=${target%.zip}
  target=${target#connlint-}
  program=$scratch/connlint-$target/connlint
  [ -e "$program" ] || program=$program.exe
  programs+=("$target=$program")
done
node "$here/build.mjs" "$scratch/packages" "${programs[@]}"
for package in "$scratch"/packages/cli-* "$scratch/packages/connlint"; do
  npm publish --provenance --access public "$package"
done
