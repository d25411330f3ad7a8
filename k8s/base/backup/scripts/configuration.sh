#!/usr/bin/env bash
# Puts each kind of object of the namespace into the bucket, as the API server holds it. Secrets are not asked for: the
# ExternalSecrets and Certificates that make them tell their names and versions. The hashes of all files are written
# last, and make a backup of them.
set -euo pipefail
: "${API_SERVER:?}" "${ACCOUNT:?a folder with token and ca.crt}" "${NAMESPACE:?}" "${BACKUP_BUCKET:?}" "${BACKUP_KEY_ARN:?}"

takenAt=$(date -u +%Y-%m-%dT%H:%M:%SZ)
prefix="configuration/${takenAt%%T*}/$HOSTNAME"
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
  aws s3 cp "$1" "s3://$BACKUP_BUCKET/$prefix/$2" --only-show-errors --sse aws:kms --sse-kms-key-id "$BACKUP_KEY_ARN" \
    "${@:3}"
}

# Whole on this side first: what could not be read must not be uploaded as an empty success.
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
for kind in "${kinds[@]}"; do
  list "$kind" "$objects/${kind##*/}.json"
done
put "$objects" "" --recursive
sums=$(cd "$objects" && sha256sum -- *.json)
printf '%s\n' "# $NAMESPACE $takenAt" "$sums" | put - SHA256SUMS
