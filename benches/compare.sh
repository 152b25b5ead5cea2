#!/usr/bin/env bash
# Times whole processes in turn (A B A B ...) over a folder and prints the median of the ratios.
#
# usage: benches/compare.sh FOLDER [ROUNDS]
#
# A is this project's release binary with all rules on and a JSON report to a file; B is rumdl from
# PyPI (`pip install rumdl`) without its cache. Ratios within one run can be compared, times cannot.
set -euo pipefail
folder=${1:?usage: benches/compare.sh FOLDER [ROUNDS]}
rounds=${2:-15}
here=$(cd "$(dirname "$0")/.." && pwd)
binary=${CONNLINT:-$here/target/release/connlint}
[ -x "$binary" ] || (cd "$here" && cargo build --release --quiet)
command -v rumdl >/dev/null || { echo "rumdl is not installed: pip install rumdl" >&2; exit 2; }
FOLDER=$folder ROUNDS=$rounds BINARY=$binary RUMDL=$(command -v rumdl) python3 - <<'PYTHON'
import os, resource, statistics, subprocess, tempfile, time

folder, rounds = os.environ["FOLDER"], int(os.environ["ROUNDS"])
report = tempfile.NamedTemporaryFile()
ours = [os.environ["BINARY"], "check", "--severity", "info", "--format", "json", folder]
theirs = [os.environ["RUMDL"], "check", "--no-cache", folder]


def milliseconds(command):
    report.seek(0)
    start = time.perf_counter()
    subprocess.run(command, stdout=report, stderr=subprocess.DEVNULL, check=False)
    return (time.perf_counter() - start) * 1000


pairs = [(milliseconds(ours), milliseconds(theirs)) for _ in range(rounds + 1)][1:]
print(f"connlint  {statistics.median(a for a, _ in pairs):8.1f} ms")
print(f"rumdl     {statistics.median(b for _, b in pairs):8.1f} ms")
print(f"ratio     {statistics.median(a / b for a, b in pairs):8.3f}  (median of {rounds} pairs)")
PYTHON
