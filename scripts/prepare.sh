#!/usr/bin/env bash
# Make the virtual environment, from hashed locks only. Usage: scripts/prepare.sh run|test
# Does nothing when the locks have not changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=$1
lock=requirements.lock
[ "$purpose" = test ] && lock=requirements-dev.lock
stamp=".venv/prepared-for-$purpose"
wanted=$(cat requirements-build.lock "$lock" pyproject.toml | sha256sum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || {
    echo "Voice needs Python 3.11, 3.12 or 3.13; this is $("$python" --version). Set PYTHON=python3.11" >&2
    exit 1
}
if [ ! -x .venv/bin/pip ]; then
    echo "Making the virtual environment …"
    "$python" -m venv .venv || {
        echo "On Debian: apt-get install python3-venv, then try again." >&2
        exit 1
    }
fi
echo "Installing what $lock names (about a minute the first time) …"
pip=".venv/bin/pip --disable-pip-version-check --no-input -q"
$pip install --require-hashes -r requirements-build.lock
$pip install --require-hashes -r "$lock"
$pip install --no-deps --no-build-isolation -e .
echo "$wanted" >"$stamp"
echo "Installed."
