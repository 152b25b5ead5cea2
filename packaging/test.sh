#!/usr/bin/env bash
# Builds the packages and uses each as its users do: the wheel in a fresh environment, the hooks by the real pre-commit, the
# archive of a release, the npm packages.
#
# usage: packaging/test.sh
#
# Needs Python 3 with venv, Git, Node.js with npm, and the Rust toolchain. CONNLINT_QUICK=1 builds without optimization.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$project"

say() { printf '\n-- %s\n' "$*"; }

if [ -n "${CONNLINT_QUICK:-}" ]; then
  export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256
  export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$project/target/packaging}
fi
python3 -m venv "$scratch/tools"
"$scratch/tools/bin/pip" install --quiet --disable-pip-version-check maturin==1.16.0 pre-commit==4.7.0 ziglang==0.15.2
export PATH=$scratch/tools/bin:$PATH

say wheel
# zig links against the glibc of manylinux 2014, so that the wheel also runs on older distributions.
maturin build --release --locked --zig --compatibility manylinux2014 --out "$scratch/dist"
ls -l "$scratch/dist"
python3 -m venv "$scratch/fresh"
"$scratch/fresh/bin/pip" install --quiet --disable-pip-version-check --no-index "$scratch"/dist/*.whl
"$scratch/fresh/bin/connlint" --version
"$scratch/fresh/bin/connlint" check fixtures/pipedrive/good.connector.yaml

say "source distribution"
maturin sdist --out "$scratch/sdist"
tar --list --gzip --file "$scratch"/sdist/*.tar.gz | grep '/schemas/cyclr/' >/dev/null

say archive
packaging/archive.sh x86_64-unknown-linux-gnu "$scratch/dist" "$scratch/archive"
(cd "$scratch/archive" && sha256sum --check ./*.sha256 && tar --extract --gzip --file ./*.tar.gz)
program=$scratch/archive/connlint-x86_64-unknown-linux-gnu/connlint
"$program" --version

say "pre-commit mirror"
packaging/pre-commit/build.sh "$scratch/mirror"
export GIT_CONFIG_GLOBAL=$scratch/gitconfig PRE_COMMIT_HOME=$scratch/cache
git config --file "$GIT_CONFIG_GLOBAL" user.name ci
git config --file "$GIT_CONFIG_GLOBAL" user.email ci@example.com
git config --file "$GIT_CONFIG_GLOBAL" protocol.file.allow always
git init --quiet "$scratch/mirror"
git -C "$scratch/mirror" add --all
git -C "$scratch/mirror" commit --quiet --message mirror
mkdir "$scratch/site"
cd "$scratch/site"
git init --quiet .
cp "$project"/fixtures/pipedrive/pipedrive-oauth*.md "$project/fixtures/pipedrive/good.connector.yaml" .
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $scratch/mirror
    rev: $(git -C "$scratch/mirror" rev-parse HEAD)
    hooks: [{ id: connlint }, { id: connlint-fix }, { id: connlint-site }]
END
git add .
start=$(date +%s%N)
PIP_FIND_LINKS=$scratch/dist pre-commit run --all-files
echo "first run: $((($(date +%s%N) - start) / 1000000)) ms"
start=$(date +%s%N)
pre-commit run --all-files
echo "second run: $((($(date +%s%N) - start) / 1000000)) ms"
# The mistake: no blank line before the table.
sed -i '/Enter the below values:/{n;d}' pipedrive-oauth.md
git add .
if pre-commit run >first 2>&1; then
  cat first
  echo "the hooks passed a bad guide" >&2
  exit 1
fi
cmp pipedrive-oauth.md "$project/fixtures/pipedrive/pipedrive-oauth.md"
cd "$project"

say npm
node packaging/npm/build.mjs "$scratch/npm" "x86_64-unknown-linux-gnu=$program"
(cd "$scratch/npm" && npm pack --silent ./cli-linux-x64 ./connlint)
mkdir "$scratch/project"
(cd "$scratch/project" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund "$scratch"/npm/connlint-cli-*.tgz "$scratch"/npm/connlint-[0-9]*.tgz)
"$scratch/project/node_modules/.bin/connlint" --version
code=0
"$scratch/project/node_modules/.bin/connlint" check --quiet fixtures/pipedrive/bad.connector.yaml >/dev/null || code=$?
[ "$code" -eq 1 ] || { echo "exit code $code instead of 1" >&2; exit 1; }
echo "packages: all work"
