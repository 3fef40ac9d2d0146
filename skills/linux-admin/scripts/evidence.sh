#!/bin/sh
# One look at a machine: reads only, needs no privilege, ends by itself. Sections that cannot be read are left out.
set -u
section() { printf '\n== %s\n' "$1"; }
limit() { if command -v timeout >/dev/null 2>&1; then timeout 5 "$@"; else "$@"; fi; }

section "machine"; uname -srm; cat /proc/uptime /proc/loadavg
section "pressure (some = somebody waits, full = everybody)"
for what in cpu memory io; do [ -r "/proc/pressure/$what" ] && sed "s/^/$what /" "/proc/pressure/$what"; done
section "memory, MiB"; awk '/^(MemTotal|MemAvailable|SwapTotal|SwapFree|Dirty):/ { printf "%s %d\n", $1, $2 / 1024 }' /proc/meminfo
section "most CPU"; limit ps -eo pid,user,stat,pcpu,pmem,etimes,args --sort=-pcpu --cols 140 2>/dev/null | head -n 8
section "most memory"; limit ps -eo pid,user,rss,args --sort=-rss --cols 140 2>/dev/null | head -n 6
section "waiting for a disk"; limit ps -eo stat,pid,wchan:24,args --cols 140 2>/dev/null | awk '$1 ~ /^D/' | head -n 8
section "disks"; limit df -hPT -x tmpfs -x devtmpfs -x overlay 2>/dev/null
section "inodes above 80 %"; limit df -iP 2>/dev/null | awk 'NR > 1 && $5 + 0 > 80'
section "listening"; { limit ss -ltn 2>/dev/null || limit netstat -ltn 2>/dev/null; } | head -n 25
section "killed for memory"; { dmesg 2>/dev/null || true; } | grep -i -E 'out of memory|oom-kill' | tail -n 5
exit 0
