#!/usr/bin/env bash
# Walks README's "Manage three servers" as it stands there: the commands and the lines that are typed are read from it, so neither can drift from the other.
# Every machine is a network namespace with an address of its own behind one bridge. All of it lives in namespaces of this run: the kernel takes back every process, address and
# mount when the run ends, however it ends. Where namespaces may not be made, the same walk goes over loopback, and the first line says so.
# Usage: tests/three-servers.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=$(realpath "${1:-$root/artifacts/bin/ChatOps.EndToEnd.Tests/release/chatops}")
limit=${THREE_SERVERS_LIMIT:-120}  # seconds that one step may take
[ -x "$program" ] || { echo "There is no program at $program: build tests/ChatOps.EndToEnd.Tests first." >&2; exit 2; }

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
started=()
end() { [ ${#started[@]} -eq 0 ] || kill -9 "${started[@]}" 2>/dev/null; }
trap end EXIT
export PATH=$(dirname "$program"):$PATH NO_COLOR=1
cd "$work" || exit 1

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
section=$(awk '/^## /{inside = ($0 == "## Manage three servers")} inside' "$root/README.md")
mapfile -t commands < <(awk '/^```/{inside = !inside; next} inside && /^# on /{host = $NF; next} inside && NF {print host "\t" $0}' <<<"$section")
mapfile -t typed < <(sed -n 's/^| `\(\/[^`]*\)` |.*/\1/p' <<<"$section")
[ ${#commands[@]} -gt 0 ] && [ ${#typed[@]} -gt 0 ] || { echo "README has no walk \"Manage three servers\" any more." >&2; exit 1; }

said='' next_command=0 next_typed=0 asked='' pin='' tokens=()
fail() {
  echo "NOT AS README SAYS: $1" >&2
  [ -z "$said" ] || printf 'The answer was:\n%s\n' "$said" >&2
  for log in "$work"/*.log; do echo "── $(basename "$log")"; tail -n 15 "$log"; done >&2
  exit 1
}

# The next command of README, which must be the one that the step is about, on its machine.
command_of() {
  [ $next_command -lt ${#commands[@]} ] || fail "there is no further command, and one with '$1' is expected."
  host=${commands[next_command]%%$'\t'*} line=${commands[next_command]#*$'\t'} next_command=$((next_command + 1))
  case $line in *"$1"*) ;; *) fail "the next command is not about '$1': $line";; esac
  echo "$host\$ $line"
  line=${line//PIN/$pin}
  if [ "$THREE_SERVERS_INSIDE" = loopback ]; then line=${line//10.77.0.1/$gateway}; line=${line//:18790/:$plain}; line=${line//:8443/:$((plain + 1))}; fi
}

runs() { command_of "$1"; said=$(on "$host" "$line" 2>&1) || fail "the command failed."; }

starts() {
  command_of "$1"
  on "$host" "$line" </dev/null >"$work/$host.log" 2>&1 &
  started+=($!)
  local log=$work/$host.log wanted=$2 since=$SECONDS
  until grep -q "$wanted" "$log" 2>/dev/null; do
    kill -0 "${started[-1]}" 2>/dev/null || fail "'$line' ended."
    [ $((SECONDS - since)) -lt $limit ] || fail "'$line' does not say '$wanted'."
    sleep 0.1
  done
}

# The next line of README's table, typed into the chat.
types() {
  [ $next_typed -lt ${#typed[@]} ] || fail "there is no further line to type, and one with '$1' is expected."
  line=${typed[next_typed]} next_typed=$((next_typed + 1))
  case $line in "$1"*) ;; *) fail "the next line is not about '$1': $line";; esac
  echo "> $line"
  [[ $line != *ID* ]] || { [ -n "$asked" ] || fail "no card asked."; line=${line//ID/$asked}; }
}

says() { types "$1"; said=$(timeout "$limit" bash -c 'HOME=$1/gateway exec chatops chat --no-wait -m "$2"' sh "$work" "$line" 2>&1 </dev/null); }
shows() { local part; for part in "$@"; do grep -qE -- "$part" <<<"$said" || fail "'$part' is not in the answer to $line"; done; }
hides() { if grep -qE -- "$1" <<<"$said"; then fail "'$1' is in the answer to $line"; fi; }
asks() { says "$1"; asked=$(grep -oE 'approval [A-Z0-9]{6}' <<<"$said" | head -n 1 | cut -d' ' -f2); [ -n "$asked" ] || fail "no card asked for $line"; }
approves() { says /approve; asked=''; }

# What a person would see a moment later; asked again until it is so.
sees() {
  local since=$SECONDS; until said=$(HOME=$work/gateway chatops $1 2>&1 </dev/null); grep -qE -- "$2" <<<"$said"; do
    [ $((SECONDS - since)) -lt $limit ] || fail "'chatops $1' never shows '$2'."
    sleep 0.2
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
[ $next_command -eq ${#commands[@]} ] || fail "README has commands that this walk does not know: ${commands[*]:next_command}"

says '/node list'; shows 'db-1 +online +role=db' 'web-1 +online +role=web' 'web-2 +online +role=web'
asks '/node label'; approves; sees 'node show web-1' 'canary=yes'
says '/run uptime'; shows '2 of 2 nodes ok' 'load average'; hides 'approval '
asks '/run touch'; shows 'web-1, web-2'; hides 'db-1'; approves; sees 'run ls /var/tmp --on web-1' was-here; sees 'run ls /var/tmp --on web-2' was-here
if [ "$THREE_SERVERS_INSIDE" = namespaces ]; then said=$(HOME=$work/gateway chatops run ls /var/tmp --on db-1 2>&1); hides was-here; else rm -f /var/tmp/was-here; fi
says '/run hostname'; shows '3 of 3 nodes ok'; [ "$THREE_SERVERS_INSIDE" = loopback ] || shows '^web-1$' '^web-2$' '^db-1$'
says '/node drain'; shows 'web-2'
says '/run uptime'; shows '1 of 2 nodes ok' 'web-2' 'drained' 'load average'
asks '/node resume'; approves; sees 'node list' 'web-2 +online'
types '/run sleep'; HOME=$work/gateway chatops chat -m "$line" </dev/null >"$work/sleep.log" 2>&1 & sleeping=$!; started+=($sleeping)
sees 'fleet status' 'sleep 300'
says '/stop'; shows 'Stopped: Run sleep 300 on 3 nodes'
since=$SECONDS; while kill -0 $sleeping 2>/dev/null; do [ $((SECONDS - since)) -lt $limit ] || fail "the stopped run does not end."; sleep 0.1; done
said=$(<"$work/sleep.log"); shows '0 of 3 nodes ok' 'db-1' 'web-1' 'web-2'
asks '/node remove'; approves; sees 'node list' '2 nodes|3 nodes'
since=$SECONDS; while kill -0 "${started[3]}" 2>/dev/null; do [ $((SECONDS - since)) -lt $limit ] || fail "the removed machine's daemon does not stop."; sleep 0.1; done
grep -q removed "$work/db-1.log" || fail "the removed machine's daemon does not say why it stopped."
says '/node list'; shows 'web-1 +online' 'web-2 +online'; hides db-1
says '/audit verify'; shows '^Intact'
[ $next_typed -eq ${#typed[@]} ] || fail "README's table has lines that this walk does not know: ${typed[*]:next_typed}"
echo "README's walk \"Manage three servers\" holds: ${#commands[@]} commands and ${#typed[@]} typed lines ($THREE_SERVERS_INSIDE)."
