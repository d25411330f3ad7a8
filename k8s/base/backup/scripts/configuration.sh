#!/usr/bin/env bash
# Puts each kind of object of the namespace into the bucket, as the API server holds it. Secrets are not asked for: the
# ExternalSecrets and Certificates that make them tell their names and versions. The manifest, with the size and hash of
# every file, is written last, and makes a backup of them.
set -euo pipefail
: "${API_SERVER:?}" "${ACCOUNT:?a folder with token and ca.crt}" "${NAMESPACE:?}" "${BACKUP_BUCKET:?}" "${BACKUP_KEY_ARN:?}"

takenAt=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
# A job that somebody started by hand belongs to no backup, and each attempt has a name of its own.
prefix="configuration/${BACKUP:-by-hand-$HOSTNAME}"
folder="$prefix/$HOSTNAME"
kinds=(
  api/v1/configmaps api/v1/services api/v1/serviceaccounts api/v1/resourcequotas api/v1/limitranges
  apis/apps/v1/deployments
  apis/autoscaling/v2/horizontalpodautoscalers
  apis/autoscaling.k8s.io/v1/verticalpodautoscalers
  apis/batch/v1/cronjobs
  apis/policy/v1/poddisruptionbudgets
  apis/networking.k8s.io/v1/networkpolicies apis/networking.k8s.io/v1/ingresses
  apis/rbac.authorization.k8s.io/v1/roles apis/rbac.authorization.k8s.io/v1/rolebindings
  apis/elbv2.k8s.aws/v1beta1/targetgroupbindings
  apis/external-secrets.io/v1/secretstores apis/external-secrets.io/v1/externalsecrets
  apis/cert-manager.io/v1/issuers apis/cert-manager.io/v1/certificates
)
# list KIND FILE. A kind that this cluster does not serve is said to be absent; any other refusal ends the backup.
list() {
  local status
  # The token goes in by a file: arguments can be read by others.
  status=$(curl --silent --show-error --max-time 60 --cacert "$ACCOUNT/ca.crt" \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$(<"$ACCOUNT/token")") \
    --output "$2" --write-out '%{http_code}' "$API_SERVER/${1%/*}/namespaces/$NAMESPACE/${1##*/}")
  case $status in
    200) ;;
    404) printf '{"absent":"%s"}\n' "$1" >"$2" ;;
    *)
      echo "$1: status $status: $(<"$2")" >&2
      return 1
      ;;
  esac
}
put() {
  aws s3 cp "$1" "s3://$BACKUP_BUCKET/$2" --only-show-errors --checksum-algorithm SHA256 \
    --sse aws:kms --sse-kms-key-id "$BACKUP_KEY_ARN" "${@:3}"
}
# listed FILE: as the manifest tells of it.
listed() {
  local sum
  sum=$(sha256sum "$objects/$1")
  printf '{"key":"%s","bytes":%s,"sha256":"%s"}' "$folder/$1" "$(stat -c %s "$objects/$1")" "${sum%% *}"
}

# Whole on this side first: what could not be read must not be uploaded as an empty success.
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
for kind in "${kinds[@]}"; do
  list "$kind" "$objects/${kind##*/}.json"
done
sums=$(cd "$objects" && sha256sum -- *.json)
printf '%s\n' "# $NAMESPACE $takenAt" "$sums" >"$objects/SHA256SUMS"
put "$objects" "$folder" --recursive
whole=$(sha256sum "$objects/SHA256SUMS")
manifest="{\"takenAt\":\"$takenAt\",\"sha256\":\"${whole%% *}\",\"objects\":[$(listed SHA256SUMS)"
for file in "$objects"/*.json; do
  manifest+=,$(listed "${file##*/}")
done
put - "$prefix/manifest.json" <<<"$manifest]}"
