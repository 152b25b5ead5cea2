#!/usr/bin/env bash
# Packs the program out of a wheel into an archive, with its checksum beside it.
#
# usage: packaging/archive.sh TARGET WHEEL_FOLDER OUTPUT
#
# Writes OUTPUT/connlint-TARGET.tar.gz (.zip for Windows), which holds the folder connlint-TARGET with the program and the licenses.
set -euo pipefail
target=${1:?target} wheels=${2:?folder of the wheel} output=${3:?output folder}
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$output"
output=$(cd "$output" && pwd)
python3 -m zipfile -e "$wheels"/*.whl "$scratch/wheel"
name=connlint-$target
mkdir "$scratch/$name"
cp "$scratch"/wheel/*.data/scripts/connlint* "$project"/LICENSE-* "$project/README.md" "$scratch/$name/"
chmod 755 "$scratch/$name"/connlint*
cd "$scratch"
case $target in
  *windows*) archive=$name.zip && python3 -m zipfile -c "$output/$archive" "$name" ;;
  *) archive=$name.tar.gz && tar --create --gzip --file "$output/$archive" "$name" ;;
esac
cd "$output"
if command -v sha256sum >/dev/null; then sha256sum "$archive"; else shasum --algorithm 256 "$archive"; fi >"$archive.sha256"
