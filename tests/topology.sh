#!/usr/bin/env bash
# Starts what compose.yaml describes from Debian's packages as plain processes, each service on a loopback address of its own, and walks it: two gateways answer through the proxy, one
# is killed, the other one goes on. The services, their environment, commands, ports and networks stand below as they stand in compose.yaml; a test compares the two.
# Usage: tests/topology.sh [CHATOPS]    the program; by default the one that the tests' build made
#        tests/topology.sh --describe   print the services
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# ── The services ──
gateway='environment CHATOPS__Gateway__Urls=http://0.0.0.0:18790
environment CHATOPS__Gateway__PublicUrl=https://localhost:8443
environment CHATOPS__Gateway__TrustedProxy=172.31.77.10
environment CHATOPS__Store__Provider=PostgreSql
environment CHATOPS__Store__ConnectionString=${file:/run/chatops/gateway/store}
environment CHATOPS__Bus__Transport=RabbitMq
environment CHATOPS__Bus__RabbitMq__Host=rabbitmq
environment CHATOPS__Bus__RabbitMq__VirtualHost=chatops
environment CHATOPS__Bus__RabbitMq__Username=chatops
environment CHATOPS__Bus__RabbitMq__Password=${file:/run/chatops/gateway/rabbitmq}
command chatops --workspace /srv/workspace gateway --no-open
port 18790
network data
network front'
node='environment CHATOPS_NODE_DATA=/var/lib/chatops
environment SSL_CERT_FILE=/run/chatops/trust/tls.crt
network front'
declare -A is=(
  [setup]='command bash /opt/chatops/deploy/setup.sh /secrets'
  [postgres]='environment POSTGRES_USER=chatops
environment POSTGRES_DB=chatops
environment POSTGRES_PASSWORD_FILE=/run/chatops/postgres/password
environment POSTGRES_INITDB_ARGS=--auth-host=scram-sha-256 --encoding=UTF8
port 5432
network data'
  [rabbitmq]='environment RABBITMQ_CONFIG_FILE=/run/chatops/rabbitmq/rabbitmq.conf
port 5672
network data'
  [gateway-1]="environment CHATOPS_DATA=/var/lib/chatops-1
$gateway"
  [enroll]='command bash /opt/chatops/deploy/enroll.sh /var/lib/chatops-1 /var/lib/chatops-2 /run/chatops'
  [gateway-2]="environment CHATOPS_DATA=/var/lib/chatops-2
$gateway"
  [proxy]='command nginx -c /etc/chatops/nginx.conf
port 8443
publish 127.0.0.1:8443:8443
network front'
  [node-1]="command chatops node --relay wss://proxy:8443/relay --name node-1 --join-file /run/chatops/join-1/token
$node"
  [node-2]="command chatops node --relay wss://proxy:8443/relay --name node-2 --join-file /run/chatops/join-2/token
$node"
  [node-3]="command chatops node --relay wss://proxy:8443/relay --name node-3 --join-file /run/chatops/join-3/token
$node"
)

if [ "${1:-}" = --describe ]; then
  for service in "${!is[@]}"; do while IFS= read -r line; do echo "$service $line"; done <<<"${is[$service]}"; done | sort
  exit
fi

# ── A place for them: a directory for what are volumes there, a loopback address for each that listens ──
program=$(realpath "${1:-$root/artifacts/bin/ChatOps.EndToEnd.Tests/release/chatops}")
limit=${TOPOLOGY_LIMIT:-180}  # seconds that one step may take
[ -x "$program" ] || { echo "There is no program at $program: build tests/ChatOps.EndToEnd.Tests first." >&2; exit 2; }
work=$(mktemp -d "${TMPDIR:-/tmp}/topology.XXXXXX")
chmod 0711 "$work"
net=127.$((2 + RANDOM % 250)).$((RANDOM % 250))
declare -A address=([postgres]=$net.1 [rabbitmq]=$net.2 [proxy]=$net.3 [gateway-1]=$net.11 [gateway-2]=$net.12)
declare -A started=()
export PATH=$(dirname "$program"):/usr/sbin:$PATH NO_COLOR=1

end() {
  local pid
  for pid in "${started[@]}"; do kill -9 -- "-$pid" "$pid" 2>/dev/null; done
  rm -rf "$work"
}
trap end EXIT

fail() {
  echo "THE TOPOLOGY DOES NOT HOLD: $1" >&2
  for log in "$work"/log/*; do echo "── $(basename "$log")"; tail -n 15 "$log"; done >&2
  exit 1
}

# The same text with this place's paths and addresses in it. A user of its own reads what the proxy's and the broker's user reads there.
here() {
  sed -e "s#/etc/chatops/nginx.conf#$work/nginx.conf#g; s#/opt/chatops/deploy/#$root/deploy/#g" \
    -e "s#\(/run/chatops\|/var/lib/chatops\|/srv/workspace\)#$work\1#g; s#/secrets#$work/run/chatops#g; s#/tmp/\(nginx.pid\|body\|proxy\|fastcgi\|uwsgi\|scgi\)#$work/nginx/\1#g" \
    -e "s#0\.0\.0\.0#${address[$1]:-}#g; s#\(Host=\|host=\|wss://\)\(postgres\|rabbitmq\|proxy\)#\1@\2@#g; s#server gateway-\([12]\):#server @gateway-\1@:#; s#listen 8443#listen @proxy@:8443#; s#server_name localhost proxy#server_name localhost @proxy@#" \
    -e "s#@postgres@#${address[postgres]}#g; s#@rabbitmq@#${address[rabbitmq]}#g; s#@proxy@#${address[proxy]}#g; s#@gateway-1@#${address[gateway-1]}#g; s#@gateway-2@#${address[gateway-2]}#g"
}

part() { sed -n "s/^$2 //p" <<<"${is[$1]:-}" | here "$1"; }

# Runs a service: its own process group, its own environment.
starts() {
  local variables command
  mapfile -t variables < <(part "$1" environment)
  if [ "$1" = node-1 ] || [ "$1" = node-2 ] || [ "$1" = node-3 ]; then variables=("${variables[@]/%chatops/chatops-$1}"); fi
  [ $# -gt 1 ] && command=("${@:2}") || read -ra command < <(part "$1" command)
  setsid env HOME="$work/home/$1" "${variables[@]}" "${command[@]}" >>"$work/log/$1" 2>&1 </dev/null &
  started[$1]=$!
  disown $!
}

runs() {
  local command
  read -ra command < <(part "$1" command)
  env HOME="$work/home/$1" "${@:2}" "${command[@]}" >>"$work/log/$1" 2>&1 </dev/null || fail "$1 failed."
}

# Asked again until it is so.
until_it() {
  local why=$1 since=$SECONDS
  until "${@:2}" >/dev/null 2>&1; do
    [ $((SECONDS - since)) -lt "$limit" ] || fail "$why"
    sleep 0.2
  done
}

healthy() { bash "$root/deploy/healthy.sh" "${address[$1]}" 18790; }

# ── In the order of depends_on ──
mkdir -p "$work"/{log,nginx,run/chatops/join-{1,2,3},var/lib/chatops-{1,2},var/lib/chatops-node-{1,2,3},srv} "$work"/home/{setup,enroll,postgres,rabbitmq,proxy,gateway-1,gateway-2,node-1,node-2,node-3} || exit 1
chmod 0700 "$work"/var/lib/chatops-* "$work"/run/chatops/join-*
cp -r "$root/workspace" "$work/srv/workspace"
runs setup SETUP_NAMES="IP:${address[proxy]}"
runs setup SETUP_NAMES=   # as at every further start: nothing changes
for secret in postgres/password rabbitmq/rabbitmq.conf gateway/store gateway/rabbitmq proxy/tls.key; do
  [ "$(stat -c %a "$work/run/chatops/$secret")" = 600 ] || fail "$secret can be read by others."
done
sed -i "s#Host=postgres#Host=${address[postgres]}#" "$work/run/chatops/gateway/store"

# What the images' own starts do.
pg=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as=(); [ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
install -d -m 0700 "$work/postgres"
cp "$work/run/chatops/postgres/password" "$work/postgres.password"
[ "$(id -u)" != 0 ] || chown postgres "$work/postgres" "$work/postgres.password"
cd "$work" && "${as[@]}" "$pg/initdb" --username=chatops --pwfile="$work/postgres.password" --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync --pgdata="$work/postgres/data" >"$work/log/postgres" 2>&1 || fail "initdb failed."
starts postgres "${as[@]}" "$pg/postgres" -D "$work/postgres/data" -k "$work/postgres" -c "listen_addresses=${address[postgres]}" -c port=5432
until_it "PostgreSQL does not answer." "$pg/pg_isready" --host="${address[postgres]}" --username=chatops
PGPASSWORD=$(<"$work/run/chatops/postgres/password") "$pg/createdb" --host="${address[postgres]}" --username=chatops --template=template0 chatops || fail "no database."
if PGPASSWORD=chatops "$pg/psql" --host="${address[postgres]}" --username=chatops --command='SELECT 1' chatops >/dev/null 2>&1; then fail "PostgreSQL takes another password."; fi

broker=(RABBITMQ_NODENAME="topology-$$@localhost" RABBITMQ_NODE_IP_ADDRESS="${address[rabbitmq]}" RABBITMQ_NODE_PORT=5672 RABBITMQ_DIST_PORT=25672 RABBITMQ_MNESIA_BASE="$work/rabbitmq" RABBITMQ_LOG_BASE="$work/log/rabbitmq.d"
  RABBITMQ_ENABLED_PLUGINS_FILE="$work/plugins" RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {${address[rabbitmq]//./,}}" ERL_EPMD_ADDRESS="${address[rabbitmq]}" ERL_EPMD_PORT=4369)
echo '[].' >"$work/plugins"
starts rabbitmq-mapper epmd -address "${address[rabbitmq]}" -port 4369
starts rabbitmq env "${broker[@]}" /usr/lib/rabbitmq/bin/rabbitmq-server
until_it "RabbitMQ does not answer." bash -c "exec 3<>/dev/tcp/${address[rabbitmq]}/5672"

starts gateway-1
until_it "gateway-1 is not ready." healthy gateway-1
runs enroll
starts gateway-2
until_it "gateway-2 is not ready." healthy gateway-2
here proxy <"$root/deploy/nginx.conf" >"$work/nginx.conf"
starts proxy
export SSL_CERT_FILE=$work/run/chatops/trust/tls.crt
until_it "The proxy does not answer." curl --silent --fail --cacert "$SSL_CERT_FILE" "https://${address[proxy]}:8443/health/ready"
for node in node-1 node-2 node-3; do starts $node; done

# ── The walk ──
owner() { HOME=$work/home/owner chatops --data "$work/var/lib/chatops-1" "$@" </dev/null; }
token=$(owner --json access token create walk | grep -oE '"[A-Za-z0-9_.-]{30,}"' | head -n 1 | tr -d '"')
[ -n "$token" ] || fail "no token for the command line."
asks() { said=$(HOME=$work/home/owner CHATOPS_TOKEN=$token timeout "$limit" chatops --gateway "https://${address[proxy]}:8443" "$@" 2>&1 </dev/null); }
shows() { asks "${@:2}"; grep -qE -- "$1" <<<"$said"; }
answered() { grep -qE "^200 ${address[$1]}:18790 " "$work/log/proxy"; }

until_it "the three nodes are not all online." shows '(online.*){3}' --json node list
both() { shows '2 of 2 nodes ok' run uptime --on role=web && answered gateway-1 && answered gateway-2; }
until_it "not both gateways answer through the proxy: ${said:-}" both
[ "$(curl --silent --cacert "$SSL_CERT_FILE" --output /dev/null --write-out '%{http_code}' "https://${address[proxy]}:8443/api/tools/status" --data '{}')" = 401 ] || fail "somebody without a token is let in."
[ "$(curl --silent --cacert "$SSL_CERT_FILE" --output /dev/null --write-out '%{http_code}' --header 'Host: elsewhere.example' "https://${address[proxy]}:8443/health/live")" = 421 ] || fail "the proxy answers under any name."

kill -9 -- "-${started[gateway-1]}" && unset 'started[gateway-1]'
: >"$work/log/proxy"
asks run echo Still here --on local || fail "the other gateway does not answer: $said"
grep -q 'Still here' <<<"$said" || fail "the other gateway answers something else: $said"
until_it "the nodes do not come back over the other gateway: ${said:-}" shows '3 of 3 nodes ok' run uptime --on 'node-*'
if answered gateway-1; then fail "a dead gateway answered."; fi
starts gateway-1
until_it "gateway-1 does not come back." healthy gateway-1
asks audit verify && grep -q Intact <<<"$said" || fail "the record: $said"
echo "The topology of compose.yaml holds: ${#is[@]} services; two gateways answered through the proxy, one after the other was killed, and both again."
