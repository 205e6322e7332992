#!/usr/bin/env bash
# Everything that must be clean before a change is offered. NO_SKIPS=1 turns a skip into a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/prepare.sh test
scripts/debian-packages.sh
bin=.venv/bin
step() {
    echo "── $1"
    shift
    "$@"
}
step "style (ruff)" $bin/ruff check .
step "format (ruff)" $bin/ruff format --check .
step "types (mypy --strict)" $bin/mypy
step "import contracts (import-linter)" $bin/lint-imports
# The tests' stores lie in memory where there is room: a disk would be waited for at every commit.
gigabytes_free=$(df --output=avail -BG /dev/shm 2>/dev/null | tail -1 | tr -dc 0-9 || true)
if [ -z "${PYTEST_DEBUG_TEMPROOT:-}" ] && [ -w /dev/shm ] && [ "${gigabytes_free:-0}" -ge 4 ]; then
    PYTEST_DEBUG_TEMPROOT=$(mktemp -d /dev/shm/voice-tests.XXXXXX)
    export PYTEST_DEBUG_TEMPROOT
    trap 'rm -rf "$PYTEST_DEBUG_TEMPROOT"' EXIT
fi
# Two workers for two cores; a slow browser test does not hold up the rest.
VOICE_NO_SKIPS=${NO_SKIPS:-} step "tests (pytest)" $bin/pytest -n "${TEST_WORKERS:-2}" --dist worksteal -q -rs \
    -o tmp_path_retention_policy=failed ${PYTEST_ARGS:-}
