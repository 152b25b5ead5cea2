#!/usr/bin/env bash
# Runs `connlint check`: annotations beside the lines, a summary of the step, and a SARIF file where one is wanted.
#
# Reads INPUT_ARGUMENTS (one argument per line), INPUT_SARIF_FILE, GITHUB_STEP_SUMMARY and GITHUB_OUTPUT.
set -euo pipefail

arguments=()
while IFS= read -r line || [ -n "$line" ]; do
  line=${line%$'\r'}
  [ -z "$line" ] || arguments+=("$line")
done <<<"${INPUT_ARGUMENTS:-}"
# On GitHub, this format also adds the summary of the step.
formats=(--format github)
if [ -n "${INPUT_SARIF_FILE:-}" ]; then
  formats+=(--format "sarif:$INPUT_SARIF_FILE")
fi

code=0
connlint check "${formats[@]}" "${arguments[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
