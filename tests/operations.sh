#!/usr/bin/env bash
# Does the drill of docs/operations.md as it stands there, against a running gateway, and then what its table of rotation says of the keys that one gateway has.
# Usage: tests/operations.sh [CHATOPS]   the program; by default the one that the tests' build made
set -uo pipefail
. "$(dirname "$0")/guide.sh"
data=$work/data
export CHATOPS_DATA=$data
openssl rand -hex 24 >"$work/etc/backup-passphrase" && chmod 600 "$work/etc/backup-passphrase"
gateway "$data"

# What each line must say.
declare -A says=(
  ['chatops security audit']='Nothing weakens it' ['chatops audit verify']='^Intact' ['chatops config check']='^Sound for' ['chatops backup']='encrypted\.$' ['chatops restore']='is the backup of'
  ['chatops access token create']='shown once|[A-Za-z0-9_-]{30,}' ['chatops access token list']='drill' ['chatops halt --reason']='[Hh]alt' ['chatops halt status']='drill' ['chatops halt lift']='[Ll]ift|[Nn]othing is halted'
  ['chatops dlq list']='.' ['chatops status']='Everything works|Works, with' ['chatops doctor']='audit\.intact'
)
reads '## A drill'
[ ${#lines[@]} -ge 10 ] || fail "there is no drill."
for line in "${lines[@]}"; do
  wanted=''
  for begin in "${!says[@]}"; do case $line in "$begin"*) [ ${#begin} -le ${#wanted} ] || wanted=$begin;; esac; done
  [ -n "$wanted" ] || fail "nobody knows what '$line' must say."
  does "$line" "s#/var/lib/chatops-drill#$work/drill#"
  shows "${says[$wanted]}"
done
[ "$(stat -c %a "$work/backups/drill")" = 600 ] || fail "the backup can be read by others."
echo "The drill of docs/operations.md holds: ${#lines[@]} commands."

# ── Back-up ──
reads '## Back-up and restore'
for line in "${lines[@]}"; do does "$line" "s#chatops-2026-11-21#chatops-$(date +%F)#; s#/var/lib/chatops#$work/restored#"; done
shows 'is the backup of'

# ── Rotation ──
status_with() { curl --silent --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $1" --header 'Content-Type: application/json' --data '{"arguments":{}}' "$(url_of "$data")/api/tools/status"; }
online() { chatops --json node list </dev/null | jq -e '.result[] | select(.name == "web-1" and .state == "online")'; }
gone() { ! online; }
joins() {
  local token
  token=$(chatops --json node token create </dev/null | jq -r .secret)
  daemon "$1" --join "$token"
  waits "the node does not join." online
}
daemon() {
  chatops --data "$work/$1" node --relay "ws${relay#http}" --name web-1 "${@:2}" >"$work/$1.log" 2>&1 </dev/null &
  started[$1]=$!
}
ends() {
  kill -TERM "${started[$1]}" 2>/dev/null
  wait "${started[$1]}" 2>/dev/null
  unset "started[$1]"
}
asks() { grep -q 'pending\] approval' "$work/said"; }
removes() {
  echo '$ chatops node remove NAME'
  chatops node remove web-1 >"$work/said" 2>&1 </dev/null &
  started[remove]=$!
  waits "no card asks whether the node may be removed." asks
  chatops approvals approve "$(grep -oE 'approval [A-Z0-9]{6}' "$work/said" | head -n 1 | cut -d' ' -f2)" >/dev/null </dev/null
  wait "${started[remove]}" || fail "the node is not removed ($?)."
  unset 'started[remove]'
  ends "$1"
  waits "the removed node is online." gone
}
relay=$(url_of "$data")

# API tokens.
does 'chatops access token create NAME --ttl 90d' 's/^chatops/& --json/; s/NAME/old/'
old=$(jq -r .secret "$work/said")
[ "$(status_with "$old")" = 200 ] || fail "a new API token is refused."
id=$(jq -r .result.id "$work/said")
does 'chatops access token revoke ID' "s/ID/$id/"
[ "$(status_with "$old")" = 401 ] || fail "a revoked API token is not refused at once."

# A node's key.
joins first
cp -a "$work/first" "$work/copied"
removes first
joins second
daemon copied
waits "a copy of the old key is not refused." grep -qiE 'refused|removed' "$work/copied.log"
ends copied

# The passphrase of backups.
openssl rand -hex 24 >"$work/etc/next-passphrase" && chmod 600 "$work/etc/next-passphrase"
does 'chatops backup /backups/next --passphrase-file /etc/chatops/next-passphrase'
if chatops restore "$work/backups/next" --passphrase-file "$work/etc/backup-passphrase" --data "$work/never" >"$work/said" 2>&1 </dev/null; then fail "the old passphrase opens a new backup."; fi
does 'chatops restore /backups/drill --passphrase-file /etc/chatops/backup-passphrase --data DIR' "s#DIR#$work/older#"

# The keys of the gateway itself; and what is taken along when the audit key was read by somebody.
does 'chatops audit export' 's/$/ --since 30d/'
shows '"kind"'
stops "$data"
was=$(cd "$data" && sha256sum redaction.key gateway.key)
rm "$data/redaction.key" "$data/gateway.key"
gateway "$data"
now=$(cd "$data" && sha256sum redaction.key gateway.key)
[ -z "$(comm -12 <(sort <<<"$was") <(sort <<<"$now"))" ] || fail "a key that was removed is the old one again."
ends second
relay=$(url_of "$data")
daemon second
waits "a node obeys a gateway with another key, or does not say why not." grep -qiE 'key' "$work/second.log"
removes second
joins third
does 'chatops audit verify'
shows '^Intact'
echo "The rotation of docs/operations.md holds on one gateway."
