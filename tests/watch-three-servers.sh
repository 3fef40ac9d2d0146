#!/usr/bin/env bash
# Walks README's "Watch three servers" as it stands there: the files, the commands and the lines that are typed are read from it, so neither can drift from the other.
# Every machine is a mount namespace with a disk /srv of its own; the daemons reach the gateway over loopback. With CHATOPS__Models__0__… set, a model looks into each finding.
# Usage: tests/watch-three-servers.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
. "$(dirname "$0")/walk.sh"
user=(); [ "$(id -u)" = 0 ] || user=(--user --map-root-user)
unshare "${user[@]}" --mount --uts sh -c 'mount -t tmpfs none /srv' 2>/dev/null || { echo "No mount namespaces here: machines with a disk of their own cannot be made." >&2; exit 77; }

# All of it lives in a process namespace of this run: the kernel ends every process and takes back every mount when the run ends, however it ends.
if [ "${WATCH_INSIDE:-}" = "" ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/watch-three-servers.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  WATCH_INSIDE=yes WATCH_WORK=$work unshare "${user[@]}" --mount --pid --fork --kill-child --mount-proc bash "$0" "$program"
  exit $?
fi

work=$WATCH_WORK
export HOME=$work/gateway
mkdir -p "$HOME/workspace/checks" "$HOME/workspace/runbooks" && cd "$HOME" || exit 1
reads "Watch three servers"

# The files, as they stand there: two of YAML, and the notes, each named for the check that it is for.
yaml() { awk -v wanted="$1" '/^```yaml$/{inside = 1; next} /^```$/{inside = 0} inside && !seen[NR] {if (/^(checks|roles):/) part = $1; if (part == wanted ":") print}' <<<"$section"; }
yaml checks >workspace/checks/watch.yaml
{ yaml roles; } >workspace/access.yaml
awk -v folder=workspace/runbooks '/^````markdown$/{inside = 1; text = ""; next} /^````$/{if (inside) {match(text, /checks: \[[a-z-]+\]/); file = folder "/" substr(text, RSTART + 9, RLENGTH - 10) ".md"; printf "%s", text > file; close(file)} inside = 0; next} inside {text = text $0 "\n"}' <<<"$section"

# A machine: its own disk of 4 MB, what runs on it, and its daemon. Its lines are done inside it later.
machine() {
  local name=$1 token=$2
  mkdir -p "$work/$name"
  HOME=$work/$name unshare --mount --uts bash -c '
    hostname "$1" && mount -t tmpfs -o size=4m none /srv && mkdir -p /srv/data /srv/tls /srv/shop && cd "$HOME" && echo $$ >pid
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj /CN=site -keyout /srv/tls/site.key -out /srv/tls/site.pem 2>/dev/null
    echo good >/srv/shop/config && cp /srv/shop/config /srv/shop/config.good && echo running >/srv/shop/log
    while sleep 0.5; do if [ -e /srv/shop/config ]; then echo running; else echo crashed; fi >>/srv/shop/log; done &
    exec chatops node --relay ws://127.0.0.1:'"$port"' --name "$1" --join "$2"' sh "$name" "$token" </dev/null >"$work/$name.log" 2>&1 &
}
on() { nsenter --mount --target "$(<"$work/$1/pid")" bash -c "$2"; }

port=$((20000 + RANDOM % 10000))
chatops gateway --workspace "$HOME/workspace" --urls "http://127.0.0.1:$port" --no-open </dev/null >"$work/gateway.log" 2>&1 &
waits "the gateway does not start." grep -q '/sign-in?code=' "$work/gateway.log"
for name in web-1 web-2 db-1; do
  said=$(chatops node token create --label "role=${name%-*}" 2>&1)
  : >"$work/$name.log"
  machine "$name" "$(grep -oE '[A-Za-z0-9_-]{40,}\.[0-9a-f]{16,}' <<<"$said" | head -n 1)"
  waits "$name does not join." grep -q 'Connected to' "$work/$name.log"
done
waits "the checks are not well at the beginning." sees 'check list' 'data-disk.* ok' 'site-certificate.* ok' 'shop.* ok'

for command in "${commands[@]}"; do
  host=${command%%$'\t'*} line=${command#*$'\t'}; echo "$host\$ $line"
  said=$(on "$host" "$line" 2>&1) || fail "the command failed."
done

waits "the three are not found." sees 'check list --bad' 'data-disk.* critical' 'site-certificate.* critical' 'shop.* critical'
says '/check list --bad'; shows 'data-disk.* critical' 'site-certificate.* critical' 'shop.* critical'
says '/incident list --open'; shows '3 incidents, 3 open'
waits "there are not three cards." bash -c '[ "$(chatops approvals list --json 2>/dev/null | grep -oE "\"id\": *\"[A-Z0-9]{6}\"" | sort -u | wc -l)" = 3 ]'
says '/approvals list'
mapfile -t cards < <(chatops approvals list --json 2>/dev/null | grep -oE '"id": *"[A-Z0-9]{6}"' | grep -oE '[A-Z0-9]{6}' | sort -u)
for asked in "${cards[@]}"; do says '/approve'; done
waits "the three do not get well." sees 'check list' 'data-disk.* ok' 'site-certificate.* ok' 'shop.* ok'
says '/check list'; shows 'data-disk.* ok' 'site-certificate.* ok' 'shop.* ok'
verified() { chatops runbook list --json 2>/dev/null | tr -d ' \n' | grep -oE '"verified":1' | wc -l | grep -qx 3; }
waits "the notes' runs were not verified." verified
says '/runbook list'; shows 'data-disk' 'site-certificate' 'shop'
says '/incident note'; shows '3 incidents are open; say which'
asked=$(chatops incident list --open --json | tr -d '\n' | grep -oE '"id": *"[A-Z0-9]{6}"[^}]*"check": *"data-disk"' | grep -oE '"[A-Z0-9]{6}"' | tr -d '"' | head -n 1)
said=$(chatops incident note "the nightly dump was never removed" --id "$asked" 2>&1); grep -q Noted <<<"$said" || fail "the note was not taken."
if [ -n "${CHATOPS__Models__0__Name:-}" ]; then waits "no model looked into the disk." sees "incident show $asked" '(^|[^a-z])look([^a-z]|$)'; fi
says '/resolve'; shows 'workspace/reports/'
report=$(ls workspace/reports/*"$asked"*.md) || fail "there is no draft."
said=$(<"$report"); line=$report; shows '\| finding \|' '\| approval \|' '\| command \|' '\| recovery \|' '\| note \|' '/audit/'
says '/audit verify'; shows '^Intact'
ends
