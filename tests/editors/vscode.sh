#!/usr/bin/env bash
# The workbench of Visual Studio Code (code-server) in Chromium: the Problems panel, a quick fix, fix on save, a picture.
#
# NODE is a Node.js 24, CODE_SERVER the folder of the built npm package `code-server`. The picture goes to the folder in
# PICTURES, by default the current one.
set -euo pipefail
program=$(realpath "${1:?the program}")
here=$(dirname "$(realpath "$0")")
# shellcheck source=tests/editors/site.sh
source "$here/site.sh"
pictures=$(realpath "${PICTURES:-.}")
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
make_site "$folder/site"

cp -r "$here/../../editors/vscode" "$folder/extension"
cp "$here/../../LICENSE-MIT" "$folder/extension/LICENSE"
(cd "$folder/extension" && npm install --no-audit --no-fund --silent && npm run --silent build &&
  npx vsce package --no-dependencies --allow-missing-repository --out "$folder/connlint.vsix")

data=$folder/data
mkdir -p "$data/User"
cat >"$data/User/settings.json" <<EOF
{
  "connlint.path": "$program",
  "connlint.scope": "site",
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "chat.disableAIFeatures": true,
  "editor.codeActionsOnSave": { "source.fixAll.connlint": "explicit" }
}
EOF
export HOME=$folder/home
mkdir -p "$HOME"
run=("$NODE" "$CODE_SERVER/out/node/entry.js" --user-data-dir "$data" --extensions-dir "$folder/extensions")
"${run[@]}" --install-extension "$folder/connlint.vsix"
"${run[@]}" --auth none --bind-addr 127.0.0.1:8123 --disable-telemetry --disable-update-check --disable-workspace-trust \
  "$folder/site" >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 100); do
  if (echo >/dev/tcp/127.0.0.1/8123) 2>/dev/null; then break; fi
  sleep 0.2
done

mkdir -p "$folder/driver"
cp "$here/vscode.cjs" "$folder/driver/"
(cd "$folder/driver" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent playwright-core)
result=$(cd "$folder/driver" && SITE=$folder/site PICTURES=$pictures node vscode.cjs)
printf '%s\n' "$result"
expect "$result" 'guide/anchor-broken' 'guide/section-missing' 'action: Remove one of the two'
expect "$(cat "$folder/site/a.md")" 'Open the page.'
