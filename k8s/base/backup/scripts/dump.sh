#!/usr/bin/env bash
# Dumps the database, compressed, into the pipe `dump`, and then its SHA-256 into the pipe `outcome`. If this dies on the
# way, the kernel closes both, and the reader sees an outcome without a word: no backup.
set -euo pipefail
: "${PIPES:?the folder of the two pipes}" "${DATABASE_URL_FILE:?a file that holds the connection URL}"

exec 3>"$PIPES/outcome"
sum=$(pg_dump --dbname="$(<"$DATABASE_URL_FILE")" --format=custom --compress=9 3>&- | tee "$PIPES/dump" | sha256sum)
echo "${sum%% *}" >&3
