#!/usr/bin/env bash
# The long form of the suite that kills things: real gateways, real daemons, load from many people, and a fault every 30 seconds; at the end the ten invariants are
# judged from what is left. Prints tables for docs/benchmarks.md. Exits non-zero on a violation, and when a process of the run is left behind. FILE gets what happened
# when; FILE.out what the test said; FILE.evidence/ all that was judged, and the logs.
#
#   tests/chaos.sh [DURATION] [--mode embedded|distributed] [--seed N] [--rate MESSAGES_A_SECOND] [--fault-every SECONDS] [--report FILE] [--no-build]
#
# DURATION is 1h by default (90s, 30m, 2h). distributed (the default): two gateways on one PostgreSQL and one RabbitMQ; embedded: one on SQLite. What goes wrong, where
# and for how long is drawn from the seed, which is printed: the same seed strikes the same blows in the same order.
set -uo pipefail
cd "$(dirname "$0")/.."

duration=1h mode=distributed seed=$RANDOM rate=3 every=30 report='' build=yes
usage() { sed -n '2,10p' "$0" | sed 's/^# \{0,1\}//'; exit "$1"; }
while [ $# -gt 0 ]; do
  case $1 in
    --mode) mode=${2:?}; shift ;;
    --seed) seed=${2:?}; shift ;;
    --rate) rate=${2:?}; shift ;;
    --fault-every) every=${2:?}; shift ;;
    --report) report=${2:?}; shift ;;
    --no-build) build=no ;;
    -h | --help) usage 0 ;;
    *[0-9][smh]) duration=$1 ;;
    *) echo "Unknown: $1" >&2; usage 2 ;;
  esac
  shift
done
case $mode in embedded | distributed) ;; *) echo "A mode is embedded or distributed." >&2; exit 2 ;; esac
case $duration in *s) seconds=${duration%s} ;; *m) seconds=$((${duration%m} * 60)) ;; *h) seconds=$((${duration%h} * 3600)) ;; esac

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
missing=()
command -v gcc >/dev/null || missing+=(gcc libc6-dev)
command -v setpriv >/dev/null || missing+=(util-linux)
ldconfig -p 2>/dev/null | grep -q 'libsqlite3\.so\.0' || missing+=(libsqlite3-0)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing: ${missing[*]}"
  as_root apt-get update -qq && as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || exit 1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ "$build" = yes ]; then dotnet build tests/ChatOps.EndToEnd.Tests -c Release --nologo -v quiet -clp:ErrorsOnly || exit 1; fi

report=${report:-$(mktemp -t chatops-chaos-XXXXXX.log)}
: >"$report" || exit 1
echo "$mode, $seconds s, seed $seed, $rate messages a second, a fault every $every s; the log is $report"

# Whatever ends this script also ends what the run started: all of it carries a word of this run in its environment. Servers that lost their keeper are among them.
word="chatops-chaos-$$-$(date +%s%N)"
leftovers() { grep -lsazxF "CHATOPS_CHAOS_RUN=$word" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3; }
clean_up() {
  local left
  left=$(leftovers)
  [ -z "$left" ] && return
  for i in $(seq 50); do
    kill -TERM $left 2>/dev/null
    sleep 0.2
    left=$(leftovers)
    [ -z "$left" ] && return
  done
  kill -KILL $left 2>/dev/null
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Root may mount the small disks that are filled: in a view of its own, which ends with the run.
apart=()
[ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null && apart=(unshare --mount)
CHATOPS_CHAOS_RUN=$word CHATOPS_CHAOS_SECONDS=$seconds CHATOPS_CHAOS_SEED=$seed CHATOPS_CHAOS_RATE=$rate CHATOPS_CHAOS_FAULT_EVERY=$every CHATOPS_CHAOS_MODE=$mode CHATOPS_CHAOS_REPORT=$report \
  "${apart[@]}" artifacts/bin/ChatOps.EndToEnd.Tests/release/ChatOps.EndToEnd.Tests -noColor -class "ChatOps.EndToEnd.Chaos.ChaosTests" >"$report.out" 2>&1 &
wait $!
code=$?
sed -n '/^'"$mode"', seed/,$p' "$report"
for i in $(seq 100); do
  left=$(leftovers)
  [ -z "$left" ] && break
  sleep 0.2
done
if [ $code -ne 0 ]; then
  echo "It did not hold; see $report, $report.out and $report.evidence." >&2
  grep -q "^$mode, seed" "$report" || tail -n 30 "$report.out" >&2
  exit 1
fi
[ -z "$left" ] || { echo "It held, but left processes behind:" >&2; ps -o pid=,args= -p "$(echo $left | tr ' ' ,)" | cut -c1-160 >&2; exit 1; }
