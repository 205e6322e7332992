#!/usr/bin/env bash
# Install the Debian packages that the browser and document tests use, where that is possible.
# What cannot be installed is reported; the tests that need it are skipped and counted.
set -uo pipefail
packages="chromium poppler-utils libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-noto-core"
missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed, and not root to install them:$missing. Their tests will be skipped." >&2
    exit 0
fi
echo "Installing Debian packages:$missing …"
log=$(mktemp)
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "Could not install:$missing. Their tests will be skipped." >&2
fi
rm -f "$log"
