#!/usr/bin/env bash
# Dumps the database, compressed, into the pipe `dump`, and then its SHA-256 and its size into the pipe `outcome`. If this
# dies on the way, the kernel closes both, and the reader sees an outcome without a word: no backup.
set -euo pipefail
: "${PIPES:?the folder of the two pipes}" "${DATABASE_URL_FILE:?a file that holds the connection URL}"

exec 3>"$PIPES/outcome"
mkfifo "$PIPES/counted"
wc -c <"$PIPES/counted" >"$PIPES/bytes" 3>&- &
sum=$(pg_dump --dbname="$(<"$DATABASE_URL_FILE")" --format=custom --compress=9 3>&- |
  tee "$PIPES/dump" "$PIPES/counted" | sha256sum)
wait $!
echo "${sum%% *} $(<"$PIPES/bytes")" >&3
