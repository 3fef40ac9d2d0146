#!/usr/bin/env bash
# Walks README's "Manage three servers" as it stands there: the commands and the lines that are typed are read from it, so neither can drift from the other.
# Every machine is a network namespace with an address of its own behind one bridge. All of it lives in namespaces of this run: the kernel takes back every process, address and
# mount when the run ends, however it ends. Where namespaces may not be made, the same walk goes over loopback, and the first line says so.
# Usage: tests/three-servers.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
. "$(dirname "$0")/walk.sh"

# ── A world of its own ──
if [ "${THREE_SERVERS_INSIDE:-}" = "" ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/three-servers.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  user=(); [ "$(id -u)" = 0 ] || user=(--user --map-root-user)
  world=(unshare "${user[@]}" --net --mount --pid --fork --kill-child --mount-proc)
  try='mount -t tmpfs none /run && ip link add three0 type veth peer name three1'
  if command -v ip >/dev/null && "${world[@]}" sh -c "$try" 2>"$work/why"; then
    THREE_SERVERS_INSIDE=namespaces THREE_SERVERS_WORK=$work "${world[@]}" bash "$0" "$program"
  else
    why=$(head -n 1 "$work/why"); why=${why:-the program ip is missing}
    echo "No network namespaces here ($why): the walk goes over loopback addresses instead."
    if unshare "${user[@]}" --pid --fork --kill-child true 2>/dev/null; then world=(unshare "${user[@]}" --pid --fork --kill-child); else world=(); fi
    THREE_SERVERS_INSIDE=loopback THREE_SERVERS_WORK=$work ${world[@]+"${world[@]}"} bash "$0" "$program"
  fi
  exit $?
fi

work=$THREE_SERVERS_WORK
end() { [ ${#started[@]} -eq 0 ] || kill -9 "${started[@]}" 2>/dev/null; }
trap end EXIT
export HOME=$work/gateway
mkdir -p "$HOME" && cd "$work" || exit 1

servers=(web-1 web-2 db-1)
gateway=10.77.0.1 plain=18790
if [ "$THREE_SERVERS_INSIDE" = namespaces ]; then
  mount -t tmpfs none /run && mkdir -p /run/netns || exit 1
  ip link set lo up
  ip link add bridge0 type bridge && ip addr add $gateway/24 dev bridge0 && ip link set bridge0 up || exit 1
  for i in "${!servers[@]}"; do
    ip netns add "${servers[i]}" && ip link add "port$i" type veth peer name eth0 netns "${servers[i]}" && ip link set "port$i" master bridge0 up || exit 1
    ip -n "${servers[i]}" addr add "10.77.0.1$i/24" dev eth0 && ip -n "${servers[i]}" link set eth0 up && ip -n "${servers[i]}" link set lo up || exit 1
  done
  echo "A gateway at $gateway and three machines at 10.77.0.10 to 10.77.0.12, each in a network namespace of its own."
else
  gateway=127.0.0.1 plain=$((20000 + RANDOM % 10000))
fi

# Does a line on a machine: its network, its own /var/tmp and name where namespaces can be had, its own home directory.
on() {
  local host=$1 line=$2; shift 2
  mkdir -p "$work/$host"
  if [ "$THREE_SERVERS_INSIDE" = loopback ] || [ "$host" = gateway ]; then (cd "$work/$host" && HOME=$work/$host exec bash -c "$line"); return; fi
  (cd "$work/$host" && HOME=$work/$host exec nsenter --net="/run/netns/$host" unshare --mount --uts sh -c 'hostname "$1" && mkdir -p "$2/var-tmp" && mount --bind "$2/var-tmp" /var/tmp && exec bash -c "$3"' sh "$host" "$work/$host" "$line")
}

# ── What README says ──
reads "Manage three servers"
pin='' tokens=()

# The same on its machine, with what the walk knows by now put in.
here_of() {
  command_of "$1"
  line=${line//PIN/$pin}
  if [ "$THREE_SERVERS_INSIDE" = loopback ]; then line=${line//10.77.0.1/$gateway}; line=${line//:18790/:$plain}; line=${line//:8443/:$((plain + 1))}; fi
}

runs() { here_of "$1"; said=$(on "$host" "$line" 2>&1) || fail "the command failed."; }

starts() {
  here_of "$1"
  on "$host" "$line" </dev/null >"$work/$host.log" 2>&1 &
  started+=($!)
  local log=$work/$host.log wanted=$2 since=$SECONDS
  until grep -q "$wanted" "$log" 2>/dev/null; do
    kill -0 "${started[-1]}" 2>/dev/null || fail "'$line' ended."
    [ $((SECONDS - since)) -lt $limit ] || fail "'$line' does not say '$wanted'."
    sleep 0.1
  done
}

# ── The walk ──
runs 'openssl req'
runs 'openssl x509'; pin=${said%% *}; [[ $pin =~ ^[0-9a-f]{64}$ ]] || fail "the second command prints no fingerprint."
starts 'chatops gateway' '/sign-in?code='
for _ in "${servers[@]}"; do
  runs 'node token create'
  token=$(grep -oE '[A-Za-z0-9_-]{40,}\.[0-9a-f]{16,}' <<<"$said") || fail "no token was printed."
  tokens+=("$token")
done
for i in "${!servers[@]}"; do
  pattern=${commands[next_command]}; commands[next_command]=${pattern//TOKEN/${tokens[i]}}
  starts "--name ${servers[i]}" "Connected to"
done
knows_all_commands

says '/node list'; shows 'db-1 +online +role=db' 'web-1 +online +role=web' 'web-2 +online +role=web'
asks '/node label'; approves; comes 'node show web-1' 'canary=yes'
says '/run uptime'; shows '2 of 2 nodes ok' 'load average'; hides 'approval '
asks '/run touch'; shows 'web-1, web-2'; hides 'db-1'; approves; comes 'run ls /var/tmp --on web-1' was-here; comes 'run ls /var/tmp --on web-2' was-here
if [ "$THREE_SERVERS_INSIDE" = namespaces ]; then said=$(chatops run ls /var/tmp --on db-1 2>&1); hides was-here; else rm -f /var/tmp/was-here; fi
says '/run hostname'; shows '3 of 3 nodes ok'; [ "$THREE_SERVERS_INSIDE" = loopback ] || shows '^web-1$' '^web-2$' '^db-1$'
says '/node drain'; shows 'web-2'
says '/run uptime'; shows '1 of 2 nodes ok' 'web-2' 'drained' 'load average'
asks '/node resume'; approves; comes 'node list' 'web-2 +online'
types '/run sleep'; chatops chat -m "$line" </dev/null >"$work/sleep.log" 2>&1 & sleeping=$!; started+=($sleeping)
comes 'fleet status' 'sleep 300'
says '/stop'; shows 'Stopped: Run sleep 300 on 3 nodes'
since=$SECONDS; while kill -0 $sleeping 2>/dev/null; do [ $((SECONDS - since)) -lt $limit ] || fail "the stopped run does not end."; sleep 0.1; done
said=$(<"$work/sleep.log"); shows '0 of 3 nodes ok' 'db-1' 'web-1' 'web-2'
asks '/node remove'; approves; comes 'node list' '2 nodes|3 nodes'
since=$SECONDS; while kill -0 "${started[3]}" 2>/dev/null; do [ $((SECONDS - since)) -lt $limit ] || fail "the removed machine's daemon does not stop."; sleep 0.1; done
grep -q removed "$work/db-1.log" || fail "the removed machine's daemon does not say why it stopped."
says '/node list'; shows 'web-1 +online' 'web-2 +online'; hides db-1
says '/audit verify'; shows '^Intact'
ends "$THREE_SERVERS_INSIDE"
