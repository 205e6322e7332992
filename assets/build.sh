#!/bin/sh
# Compile the sources in this folder into voice/static. Needs node; see docs/design-system.md.
# Usage: sh build.sh TOOLS   where TOOLS is a folder in which package.json was installed.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "${1:-$here}" && pwd)
served="$here/../voice/static"
# A test compares this mark with the sources, so that a stale stylesheet cannot be committed.
mark=$(cd "$here" && cat ./*.scss ./*.mjs package.json | sha256sum | cut -c1-16)

for sheet in voice young; do
    printf '/*! Voice. Contains govuk-frontend 6.3.0 (MIT), see LICENCES.md. Sources %s */\n' "$mark" > "$served/$sheet.css"
    "$tools/node_modules/.bin/sass" --no-charset --style=compressed --no-source-map --quiet-deps \
        --load-path="$tools/node_modules" "$here/$sheet.scss" >> "$served/$sheet.css"
done

NODE_PATH="$tools/node_modules" "$tools/node_modules/.bin/esbuild" "$here/voice.mjs" \
    --bundle --minify --format=esm --target=es2019 --legal-comments=none --log-level=warning \
    --banner:js="/*! Voice. Contains govuk-frontend 6.3.0 (MIT), see LICENCES.md. Sources $mark */" \
    --outfile="$served/voice.js"

for served_file in "$served/voice.css" "$served/young.css" "$served/voice.js"; do
    echo "$(basename "$served_file"): $(gzip -9c "$served_file" | wc -c) bytes gzipped"
done
