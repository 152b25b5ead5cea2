#!/usr/bin/env bash
# Builds the extension for Visual Studio Code with a program in it.
#
# usage: packaging/vscode.sh PLATFORM PROGRAM OUTPUT
#
# PLATFORM is one of Visual Studio Code's: linux-x64, darwin-arm64, win32-x64, ... Writes OUTPUT/connlint-PLATFORM.vsix. Needs Node.js with npm.
set -euo pipefail
platform=${1:?platform} program=$(realpath "${2:?program}") output=${3:?output folder}
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$output"
output=$(cd "$output" && pwd)
cp -r "$project/editors/vscode" "$scratch/extension"
cd "$scratch/extension"
mkdir bundled
cp "$program" bundled/
chmod 755 bundled/*
cp "$project/LICENSE-MIT" LICENSE
npm install --no-audit --no-fund --ignore-scripts --silent
npm run --silent build
npx vsce package --no-dependencies --allow-missing-repository --target "$platform" --out "$output/connlint-$platform.vsix"
