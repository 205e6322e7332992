.PHONY: help run test lint bench-themes bench-analyse bench-safeguarding bench-masking bench-submissions bench-chat soak lock

help: ## show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

run: ## install if needed, load the demonstration once, serve on this machine
	@scripts/prepare.sh run
	@.venv/bin/voice run --demo

test: ## lint, types, import contracts and every test (NO_SKIPS=1: a skip is a failure)
	@NO_SKIPS=$(NO_SKIPS) scripts/test.sh

lint: ## style, types and import contracts only
	@scripts/prepare.sh test
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

bench-themes: ## themes beside other methods, coding to a frame, tone and corrections, beside their bars
	@scripts/prepare.sh test
	@failed=0; for each in themes coding tone correcting; do .venv/bin/python -m benchmarks.$$each || failed=1; done; exit $$failed

bench-analyse: ## the seconds and the memory of `voice analyse` (ANSWERS=100000 for more than 10,000)
	@scripts/prepare.sh test
	@.venv/bin/python -m benchmarks.analysing $(ANSWERS)

bench-safeguarding: ## the screening on the project's own test sets, in each language, with its misses
	@scripts/prepare.sh test
	@.venv/bin/python -m benchmarks.safeguarding $(addprefix tests/voice/analysis/data/safeguarding_,own.csv short.csv services.csv kind.csv languages.csv languages_later.csv)

bench-masking: ## the masking of personal data on the project's own test set
	@scripts/prepare.sh test
	@.venv/bin/python -m benchmarks.identity tests/voice/analysis/data/identity_own.csv

bench-submissions: ## what one submission costs the server, beside its limits (about five minutes)
	@scripts/prepare.sh test
	@.venv/bin/python -m benchmarks.submissions

bench-chat: ## updates, sending and turns of the chat, beside their limits (about a minute)
	@scripts/prepare.sh test
	@.venv/bin/python -m benchmarks.chat

soak: ## the long rounds: 100 random kills on each store, every order of updates
	@scripts/prepare.sh test
	@VOICE_SOAK=1 .venv/bin/pytest -q tests/bot/test_random_kills.py tests/bot/test_redelivery.py

lock: ## write the hashed lock files anew
	uv pip compile --quiet --no-header --generate-hashes --universal --python-version 3.11 requirements-build.in -o requirements-build.lock
	uv pip compile --quiet --no-header --generate-hashes --universal --python-version 3.11 --all-extras pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-header --generate-hashes --universal --python-version 3.11 --all-extras --group dev pyproject.toml -o requirements-dev.lock
	.venv/bin/python scripts/bill_of_materials.py # needs the new packages installed
