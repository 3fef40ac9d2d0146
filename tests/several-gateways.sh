#!/usr/bin/env bash
# Sets up two gateways on a PostgreSQL and a RabbitMQ as docs/operations.md says, changes both passwords, and upgrades one gateway after the other, all while somebody asks without a
# pause. Every message is then done once and in order. Last, the keys that both have are changed. The commands are read from the document, so neither can drift from the other.
# Usage: tests/several-gateways.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
. "$(dirname "$0")/guide.sh"
a=$work/a b=$work/b
export pg=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1) PGHOST=$work/server work

# ── The servers, before the guide begins ──
# The guide's "sudo -u postgres": the administrator of this place's server, who needs no password on its socket.
sudo() {
  [ "$1" != apt-get ] || return 0
  local said
  shift 2
  case $1 in createuser) "$pg/$1" --username=postgres "${@:2}" < <(printf '%s\n%s\n' "$(<"$work/etc/store-password")" "$(<"$work/etc/store-password")");; *) "$pg/$1" --username=postgres "${@:2}";; esac
}
export -f sudo
as=(); [ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
chmod 0711 "$work"
install -d -m 0700 "$PGHOST"
[ "$(id -u)" != 0 ] || chown postgres "$PGHOST"
for name in store rabbitmq next-store next-rabbitmq backup; do openssl rand -hex 24 >"$work/etc/$name-password"; done
mv "$work/etc/backup-password" "$work/etc/backup-passphrase"
chmod 600 "$work"/etc/*
(cd "$PGHOST" && "${as[@]}" "$pg/initdb" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync --pgdata="$PGHOST/data") >"$work/server.log" 2>&1 || fail "initdb failed."
printf 'local all postgres trust\nlocal all all scram-sha-256\n' | "${as[@]}" tee "$PGHOST/data/pg_hba.conf" >/dev/null
(cd "$PGHOST" && exec "${as[@]}" "$pg/postgres" -D "$PGHOST/data" -k "$PGHOST" -c listen_addresses= -c max_connections=60) >>"$work/server.log" 2>&1 </dev/null &
started[server]=$!
waits "PostgreSQL does not answer." "$pg/pg_isready" --username=postgres

# A broker of this place's own, and its mapper of names, each on a port of loopback that nobody listens on.
port() {
  local number
  until number=$((20000 + RANDOM % 12000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$number") 2>/dev/null; do :; done
  echo $number
}
broker=$(port)
export RABBITMQ_NODENAME=walk-$$@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$broker RABBITMQ_DIST_PORT=$(port) RABBITMQ_MNESIA_BASE=$work/broker RABBITMQ_LOG_BASE=$work/broker.d \
  RABBITMQ_ENABLED_PLUGINS_FILE=$work/plugins RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$(port) ERL_CRASH_DUMP=/dev/null RABBITMQ_PID_FILE=$work/broker.pid
export PATH=/usr/lib/rabbitmq/bin:$PATH
echo '[].' >"$work/plugins"
epmd -address 127.0.0.1 -port $ERL_EPMD_PORT >"$work/mapper.log" 2>&1 </dev/null &
started[mapper]=$!
waits "The mapper of names does not answer." bash -c "exec 3<>/dev/tcp/127.0.0.1/$ERL_EPMD_PORT"  # else the broker starts one of its own, which nobody ends
(cd "$work" && exec rabbitmq-server) >"$work/broker.log" 2>&1 </dev/null &
started[broker]=$!
waits "RabbitMQ does not answer." bash -c "exec 3<>/dev/tcp/127.0.0.1/$broker"

# ── Set up ──
reads '## The store on PostgreSQL'
for line in "${lines[@]}"; do
  case $line in
    'chatops gateway') echo "\$ $line"; continue ;;  # below, on a data directory of its own
    *) does "$line" "s#Host=db.example.com#Host=$PGHOST#; s#Password=…;SSL Mode=VerifyFull#Password=$(<"$work/etc/store-password")#" ;;
  esac
done
reads '## RabbitMQ between gateways'
for line in "${lines[@]}"; do does "$line"; done
store=$(grep -oE '"Store": \{ "Provider": "PostgreSql"[^`]*' docs/operations.md | head -n 1)
bus=$(awk '/^## RabbitMQ between gateways/{inside = 1} code && /^```$/{exit} code {print} inside && /^```json$/{code = 1}' docs/operations.md)
install -d -m 700 "$a"
(umask 077; jq -n "{$store, $bus}" | jq --argjson port "$broker" '.Bus.RabbitMq.Host = "127.0.0.1" | .Bus.RabbitMq.Port = $port | .Bus.RabbitMq.UseTls = false | del(.Bus.RabbitMq.TlsAuthority)' | sed "s#/etc/chatops/#$work/etc/#g" >"$a/settings.json") || fail "the settings of the guide are no JSON."
connected() { grep -q 'Connected to RabbitMQ' "$work/$1.log"; }
gateway "$a"
reads '### Several gateways'
for line in "${lines[@]}"; do does "$line" "s#NEW#$b#g; s#DIR#$a#g"; done
cp -p "$a/settings.json" "$b/settings.json"
gateway "$b"
waits "a gateway is not connected to the broker." connected a
waits "a gateway is not connected to the broker." connected b

# ── Somebody asks, one message after the other, whichever gateway is there; what is not answered is asked again under the same id ──
token=$(chatops --data "$a" --json access token create walk </dev/null | jq -r .secret)
asks() {
  local number=0 at
  while [ ! -e "$work/enough" ]; do
    for at in "$a" "$b" "$b" "$a"; do
      jq -n --arg n "$number" '{conversation: "talk-\(($n | tonumber) % 3)", clientId: "m-\($n)", text: "/run echo message-\($n). --on local"}' >"$work/message"
      while ! curl --silent --fail --max-time 10 --header "Authorization: Bearer $token" --header 'Content-Type: application/json' --data "@$work/message" "$(url_of "$at" 2>/dev/null)/api/chat/messages" >/dev/null; do
        [ "$at" = "$a" ] && at=$b || at=$a
        sleep 0.1
      done
      number=$((number + 1))
      echo $number >"$work/asked.new" && mv "$work/asked.new" "$work/asked"
      sleep 0.1
    done
  done
}
asks 2>/dev/null &
started[asks]=$!
asked() { [ "$(<"$work/asked")" -ge "$1" ]; }
more() { waits "nobody takes a message." asked $(($(<"$work/asked") + 6)); }
waits "nobody takes a message." asked 6

# ── Rotation of the passwords, and then the upgrade, which restarts both ──
reads '## Rotation'
for line in "${lines[@]}"; do
  case $line in *channel_state*) forget=$line ;; *) does "$line" ;; esac
done
more
reads '## Upgrade'
release=$(dirname "$program"); [ -e "$release/appsettings.schema.json" ] || release=$root  # a build has no release's folder
for line in "${lines[@]}"; do CHATOPS_DATA=$a does "$line" "s#NEW#$release#g"; done
for each in "$a" "$b"; do
  stops "$each"
  more
  gateway "$each"   # the new release: this program
  waits "a gateway is not connected to the broker again." connected "$(basename "$each")"
  more
done
touch "$work/enough"
wait "${started[asks]}"
unset 'started[asks]'
count=$(<"$work/asked")
sql() { "$pg/psql" --username=postgres --no-align --tuples-only --command="$1" chatops; }
all_done() { [ "$(sql "SELECT COUNT(*) FROM inbox WHERE state = 'done'")" = "$count" ]; }
waits "not all of $count messages are done." all_done

# Each was begun once and ended once, in each conversation in the order of asking.
runs() { CHATOPS_DATA=$b chatops --json audit list --tool run --limit 1000 </dev/null | jq -c --arg kind "$1" '.result | reverse | .[] | select(.kind == $kind)'; }
numbers() { sed -nE 's/^.*echo message-([0-9]+).*$/\1/p'; }
ended() { [ "$(runs outcome | wc -l)" -ge "$count" ]; }
waits "not every command has an end." ended
runs intent | numbers >"$work/begun"
[ "$(sort -n "$work/begun" | paste -sd' ')" = "$(seq 0 $((count - 1)) | paste -sd' ')" ] || fail "of $count messages these were begun: $(paste -sd' ' "$work/begun")"
[ "$(runs outcome | jq -r .invocation | sort | uniq -d | wc -l)" = 0 ] || fail "a command has two ends."
[ "$(runs outcome | wc -l)" = "$count" ] || fail "$(runs outcome | wc -l) ends of $count commands."
for talk in 0 1 2; do awk -v talk=$talk '$1 % 3 == talk' "$work/begun" | sort -nc || fail "a conversation is out of order: $(paste -sd' ' "$work/begun")"; done
CHATOPS_DATA=$b does 'chatops audit verify'
grep -q '^Intact' "$work/said" || fail "the record does not hold."
if "$pg/psql" "host=$PGHOST user=chatops dbname=chatops password=$(<"$work/etc/store-password")" --command='SELECT 1' >/dev/null 2>&1; then fail "the database takes the old password."; fi
echo "Both passwords were changed and both gateways upgraded while $count messages were asked: each was done once and in order."

# ── The keys that both have ──
stops "$a"
stops "$b"
rm "$a/redaction.key" "$a/gateway.key"
if CHATOPS_DATA=$a timeout "$limit" chatops gateway --no-open --urls http://127.0.0.1:0 >"$work/said" 2>&1 </dev/null; then fail "a gateway with other keys starts."; fi
grep -q 'other keys than this one' "$work/said" || fail "a gateway with other keys is not told why it does not start."
does "$forget"
gateway "$a"
echo "What docs/operations.md says of several gateways holds."
