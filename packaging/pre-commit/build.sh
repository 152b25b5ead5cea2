#!/usr/bin/env bash
# Writes the mirror repository for pre-commit: hooks that install the published wheel of the same version.
#
# usage: packaging/pre-commit/build.sh OUTPUT
set -euo pipefail
output=${1:?usage: packaging/pre-commit/build.sh OUTPUT}
project=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$project/Cargo.toml" | head -n 1)
mkdir -p "$output"
cp "$project/.pre-commit-hooks.yaml" "$output/.pre-commit-hooks.yaml"
cat >"$output/pyproject.toml" <<END
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "connlint-pre-commit"
version = "$version"
description = "Installs connlint for pre-commit"
requires-python = ">=3.8"
dependencies = ["connlint==$version"]

[tool.setuptools]
py-modules = []
END
