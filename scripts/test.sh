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
# Two workers for two cores; a slow browser test does not hold up the rest.
VOICE_NO_SKIPS=${NO_SKIPS:-} step "tests (pytest)" $bin/pytest -n "${TEST_WORKERS:-2}" --dist worksteal -q -rs ${PYTEST_ARGS:-}
