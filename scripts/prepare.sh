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

# Is it of a version that Voice runs on, and can it make a virtual environment?
fits() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null
}

# The system's own Python first: distributions build it with optimisation, and mend its security.
python=${PYTHON:-}
for each in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    [ -z "$python" ] && fits "$each" && python=$each
done
fits "${python:-python3}" || {
    echo "Voice needs Python 3.11, 3.12 or 3.13 with venv, and ${python:-python3} is not that." >&2
    echo "Set PYTHON=python3.11, say. On Debian, environments need: apt-get install python3-venv" >&2
    exit 1
}
behind() { "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null || true; }
if [ ! -x .venv/bin/pip ] || [ "$(behind .venv/bin/python)" != "$(behind "$python")" ]; then
    echo "Making the virtual environment with $("$python" --version) …"
    "$python" -m venv --clear .venv
fi
echo "Installing what $lock names (about a minute the first time) …"
pip=".venv/bin/pip --disable-pip-version-check --no-input -qq"
$pip install --require-hashes -r requirements-build.lock
$pip install --require-hashes -r "$lock"
$pip install --no-deps --no-build-isolation -e .
echo "$wanted" >"$stamp"
echo "Installed."
