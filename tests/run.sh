#!/usr/bin/env bash
# The whole gate in one command: installs what is missing, builds once, runs every test project, sums them up.
# The last line is "N passed, N failed, N skipped". Exits non-zero when anything failed or nothing ran.
set -uo pipefail
cd "$(dirname "$0")/.."

configuration=Release
results=artifacts/test-results
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Compilers and tests run for minutes and most of their code a few times: counting what it does, to compile it better later, costs them a third. The program has it off as well.
export DOTNET_TieredPGO=0

# Tests make and remove some hundred thousand small files, and ext4 looks long for room among those that were just removed. As root they are kept in memory, which nobody else sees and nobody has to clean.
memory=/tmp/tests
if [ "$(id -u)" = 0 ] && [ "${TMPDIR-}" != "$memory" ] && mkdir -p "$memory" && unshare --mount mount -t tmpfs none "$memory" 2>/dev/null; then
  TMPDIR=$memory exec unshare --mount sh -c 'mount -t tmpfs -o size=50%,mode=1777 none "$TMPDIR" && exec bash tests/run.sh'
fi

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

install_missing() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
  ldconfig -p 2>/dev/null | grep 'libsqlite3\.so\.0' >/dev/null || missing+=(libsqlite3-0)
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  command -v jq >/dev/null || missing+=(jq)
  command -v ps >/dev/null || missing+=(procps)
  command -v zsh >/dev/null || missing+=(zsh)
  command -v fish >/dev/null || missing+=(fish)
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server)
  command -v ssh >/dev/null || missing+=(openssh-client)
  command -v ip >/dev/null || missing+=(iproute2)
  command -v openssl >/dev/null || missing+=(openssl)
  command -v script >/dev/null || missing+=(bsdutils)
  command -v espeak-ng >/dev/null || missing+=(espeak-ng)
  command -v opusenc >/dev/null || missing+=(opus-tools)
  command -v flac >/dev/null || missing+=(flac)
  command -v lame >/dev/null || missing+=(lame)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v setpriv >/dev/null || missing+=(util-linux)
  [ -x /lib/systemd/systemd ] || missing+=(systemd)
  command -v git >/dev/null || missing+=(git)
  [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
  command -v prometheus >/dev/null || missing+=(prometheus)
  [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  command -v npm >/dev/null || missing+=(nodejs npm)
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing: ${missing[*]}"
  as_root apt-get update -qq && as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

fail() { echo "$1" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
install_missing || fail "The packages that the tests need could not be installed."

echo "Building ($configuration) …"
dotnet build ChatOps.sln -c "$configuration" --nologo -v quiet -clp:ErrorsOnly || fail "The build failed."

# The end-to-end tests start the program some hundreds of times: they take it as users do, published and compiled ahead. That is done while others run.
case "$(uname -m)" in x86_64) platform=linux-x64 ;; aarch64) platform=linux-arm64 ;; *) fail "The tests know no platform for $(uname -m)." ;; esac
rm -rf artifacts/chatops "$results"
mkdir -p "$results"
dotnet publish src/ChatOps.Cli -c "$configuration" -r "$platform" -o artifacts/chatops --nologo -v quiet -clp:ErrorsOnly >"$results/publish.log" 2>&1 &
publishing=$!

passed=0 failed=0 skipped=0 broken=0
tests() {
  local started=$SECONDS code
  echo "── $1"
  dotnet test "tests/$1/$1.csproj" -c "$configuration" --no-build --nologo --logger "trx;LogFileName=$1.trx" --results-directory "$results" \
    --logger "console;verbosity=minimal" --blame-hang --blame-hang-timeout 10m 2>&1
  code=$?
  echo "   $((SECONDS - started)) s"
  return "$code"
}

sum() {
  local name=$1 code=$2 counters p f n
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null | head -n 1)
  count() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | grep -o '[0-9]*' | head -n 1; }
  p=$(count passed) f=$(count failed) n=$(count notExecuted)
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); skipped=$((skipped + ${n:-0}))
  # A runner that breaks off, or a project without one result, is a failure even when no test says so.
  if [ "$code" -ne 0 ] && [ "${f:-0}" -eq 0 ] || [ -z "$counters" ] || [ "${p:-0}" -eq 0 ]; then broken=$((broken + 1)); echo "$name did not run to its end."; fi
}

# Side by side: those of the channels wait for most of their time, the others compute.
declare -A running
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [ "$name" = ChatOps.EndToEnd.Tests ] && continue
  tests "$name" >"$results/$name.log" &
  running[$name]=$!
done

for name in "${!running[@]}"; do
  wait "${running[$name]}"
  code=$?
  cat "$results/$name.log"
  sum "$name" "$code"
done

if wait "$publishing"; then
  export CHATOPS_EXECUTABLE="$PWD/artifacts/chatops/chatops"
  # Most of its lives last for seconds: what is called thirty times in them need not be compiled once more.
  name=ChatOps.EndToEnd.Tests
  DOTNET_TC_CallCountThreshold=0x400 tests "$name" | tee "$results/$name.log"
  sum "$name" "${PIPESTATUS[0]}"
else
  cat "$results/publish.log"
  broken=$((broken + 1))
  echo "The program could not be published for $platform."
fi

failed=$((failed + broken))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
