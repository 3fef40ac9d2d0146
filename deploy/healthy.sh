#!/usr/bin/env bash
# Whether a gateway is ready (healthy.sh ADDRESS PORT), or this node is connected to its relay (healthy.sh connected-to PORT). The image has no curl.
set -uo pipefail
if [ "$1" = connected-to ]; then
  port=$(printf '%04X' "$2")
  awk -v port=":$port" '$3 ~ port "$" && $4 == "01" { found = 1 } END { exit !found }' /proc/net/tcp /proc/net/tcp6
  exit
fi
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 answer <&3
[[ $answer == *" 200 "* ]]
