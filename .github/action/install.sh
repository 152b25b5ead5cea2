#!/usr/bin/env bash
# Puts connlint on the path: the program of a release whose checksum agrees, else one built from the action's own checkout.
#
# Reads INPUT_VERSION, RELEASES (the address below which each tag has its files), RUNNER_OS, RUNNER_ARCH, RUNNER_TEMP, GITHUB_PATH
# and GITHUB_ACTION_PATH.
set -euo pipefail

version=${INPUT_VERSION:-$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)}
version=${version#v}
[[ $version =~ ^[0-9A-Za-z.+-]+$ ]] || { echo "connlint: not a version: $version" >&2; exit 2; }
folder=$RUNNER_TEMP/connlint-$version

target() {
  case $RUNNER_OS-$RUNNER_ARCH in
    Linux-X64) echo x86_64-unknown-linux-gnu ;;
    Linux-ARM64) echo aarch64-unknown-linux-gnu ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

sum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum --algorithm 256 "$1"; fi | cut -d ' ' -f 1
}

# Returns 1 if the release or the file for this machine does not exist; exits if the file is not what the release lists.
download() {
  local target archive expected
  target=$(target) || return 1
  case $target in *windows*) archive=connlint-$target.zip ;; *) archive=connlint-$target.tar.gz ;; esac
  curl --fail --silent --show-error --location --output "$folder/checksums.txt" "$RELEASES/v$version/checksums.txt" || return 1
  curl --fail --silent --show-error --location --output "$folder/$archive" "$RELEASES/v$version/$archive" || return 1
  expected=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$folder/checksums.txt")
  if [ -z "$expected" ] || [ "$(sum "$folder/$archive")" != "$expected" ]; then
    echo "connlint: wrong checksum: $archive of version $version" >&2
    exit 2
  fi
  case $archive in
    *.zip) unzip -q -o "$folder/$archive" -d "$folder" ;;
    *) tar --extract --gzip --file "$folder/$archive" --directory "$folder" ;;
  esac
  mkdir -p "$folder/bin"
  mv "$folder/connlint-$target"/connlint* "$folder/bin/"
}

mkdir -p "$folder"
if ! download; then
  if [ -n "${INPUT_VERSION:-}" ]; then
    echo "connlint: no release $version for $RUNNER_OS on $RUNNER_ARCH" >&2
    exit 2
  fi
  echo "connlint: no release $version for this machine; building it" >&2
  cargo install --locked --quiet --path "$GITHUB_ACTION_PATH" --root "$folder"
fi
echo "$folder/bin" >>"$GITHUB_PATH"
