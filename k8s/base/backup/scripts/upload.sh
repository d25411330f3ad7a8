#!/usr/bin/env bash
# Streams the pipe `dump` to the bucket. A dump that broke off ends like a whole one, so it counts as a backup only once
# its manifest lies beside it, and that is written last, when the dumping side has said what the whole hashes to.
set -euo pipefail
: "${PIPES:?the folder of the two pipes}" "${BACKUP_BUCKET:?the bucket}" "${BACKUP_KEY_ARN:?the key that encrypts}"

takenAt=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
# A job that somebody started by hand belongs to no backup.
prefix="database/${BACKUP:-by-hand-$HOSTNAME}"
# Each attempt has a name of its own: none can overwrite another.
key="$prefix/$HOSTNAME.dump"
put() {
  # 200 GB are as much as may come; the size of a part follows from it, and the memory from that.
  aws s3 cp - "s3://$BACKUP_BUCKET/$1" --only-show-errors --expected-size 200000000000 --checksum-algorithm SHA256 \
    --sse aws:kms --sse-kms-key-id "$BACKUP_KEY_ARN"
}

exec 3<"$PIPES/outcome"
put "$key" <"$PIPES/dump"
if ! read -r sha256 bytes <&3; then
  echo "the dump broke off: $key is no backup" >&2
  exit 1
fi
printf '{"takenAt":"%s","sha256":"%s","objects":[{"key":"%s","bytes":%s,"sha256":"%s"}]}\n' \
  "$takenAt" "$sha256" "$key" "$bytes" "$sha256" | put "$prefix/manifest.json"
