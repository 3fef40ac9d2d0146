#!/usr/bin/env bash
# Makes every secret of the installation, once, below a directory: random passwords for the database and the broker, and a certificate of the installation's own for the proxy. What
# is there already stays, so that a second start changes nothing, and a certificate of yours in proxy/tls.crt and proxy/tls.key (and its issuer's in trust/tls.crt) is used.
# Run by root, each file becomes its one reader's: the numbers are the users in the images of compose.yaml.
set -euo pipefail
umask 077
to=$1
postgres=999 rabbitmq=999 gateway=10001 proxy=101

# Its content comes from standard input; it is there whole or not at all.
keep() {
  local file=$1 owner=$2
  if [ -e "$file" ]; then cat >/dev/null; return; fi
  cat >"$file.new"
  chmod 0600 "$file.new"
  [ "$(id -u)" != 0 ] || chown "$owner:$owner" "$file.new"
  mv "$file.new" "$file"
}

folder() {
  mkdir -p "$1"
  chmod 0700 "$1"
  [ "$(id -u)" != 0 ] || chown "$2:$2" "$1"
}

folder "$to/postgres" $postgres
folder "$to/rabbitmq" $rabbitmq
folder "$to/gateway" $gateway
folder "$to/proxy" $proxy
mkdir -p "$to/trust"
chmod 0755 "$to/trust"

# A start that broke off between two of them goes on with the same password.
openssl rand -hex 32 | keep "$to/postgres/password" $postgres
openssl rand -hex 32 | keep "$to/gateway/rabbitmq" $gateway
printf 'Host=postgres;Port=5432;Database=chatops;Username=chatops;Password=%s\n' "$(cat "$to/postgres/password")" | keep "$to/gateway/store" $gateway
printf 'default_user = chatops\ndefault_pass = %s\ndefault_vhost = chatops\nlog.console = true\nlog.file = false\n' "$(cat "$to/gateway/rabbitmq")" | keep "$to/rabbitmq/rabbitmq.conf" $rabbitmq

if [ ! -e "$to/proxy/tls.key" ]; then
  made=$(mktemp -d)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 825 -subj /CN=chatops -addext "subjectAltName=DNS:localhost,DNS:proxy,IP:127.0.0.1${SETUP_NAMES:+,$SETUP_NAMES}" \
    -keyout "$made/tls.key" -out "$made/tls.crt" 2>/dev/null
  keep "$to/proxy/tls.crt" $proxy <"$made/tls.crt"
  cp "$made/tls.crt" "$to/trust/tls.crt"
  chmod 0644 "$to/trust/tls.crt"
  keep "$to/proxy/tls.key" $proxy <"$made/tls.key"
  rm -rf "$made"
fi
echo "Secrets are in place."
