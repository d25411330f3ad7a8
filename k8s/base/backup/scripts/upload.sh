#!/usr/bin/env bash
# Streams the pipe `dump` to the bucket. A dump that broke off ends like a whole one, so it counts as a backup only once
# its manifest lies beside it, and that is written last, when the dumping side has said what the whole hashes to.
set -euo pipefail
: "${PIPES:?the folder of the two pipes}" "${BACKUP_BUCKET:?the bucket}" "${BACKUP_KEY_ARN:?the key that encrypts}"

takenAt=$(date -u +%Y-%m-%dT%H:%M:%SZ)
# Each attempt has a name of its own: none can overwrite another.
key="database/${takenAt%%T*}/$HOSTNAME"
put() {
  # 200 GB are as much as may come; the size of a part follows from it, and the memory from that.
  aws s3 cp - "s3://$BACKUP_BUCKET/$1" --only-show-errors --expected-size 200000000000 \
    --sse aws:kms --sse-kms-key-id "$BACKUP_KEY_ARN"
}

exec 3<"$PIPES/outcome"
put "$key.dump" <"$PIPES/dump"
if ! read -r sha256 <&3; then
  echo "the dump broke off: $key.dump is no backup" >&2
  exit 1
fi
printf '{"dump":"%s.dump","sha256":"%s","takenAt":"%s"}\n' "$key" "$sha256" "$takenAt" | put "$key.manifest.json"
