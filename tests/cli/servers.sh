# What the scripts with servers share; sourced after changes.sh. Servers of Xapian's, on 127.0.0.1, end with the script.
for program in xapian-tcpsrv xapian-replicate xapian-replicate-server jq setsid; do
  command -v "$program" >/dev/null || { echo "skipped: no $program; scripts/setup test installs it"; exit 77; }
done
export XDG_CACHE_HOME="$T/cache"
servers=()
stop_servers() {
  local pid
  # Each is the first of a group of its own, with those that it forks for connections.
  for pid in "${servers[@]}"; do kill -CONT -- "-$pid" 2>/dev/null; kill -KILL -- "-$pid" 2>/dev/null; done
}
trap 'if [ "$BASHPID" = "$$" ]; then stop_servers || true; rm -rf "$T"; fi' EXIT

# listens PID PORT: whether it is this process that does, and not the one before or another test's.
listens() {
  local socket
  socket=$(awk -v port="$(printf ':%04X' "$2")" '$2 ~ port "$" && $4 == "0A" { print $10 }' /proc/net/tcp)
  [ -n "$socket" ] && find "/proc/$1/fd" -lname "socket:\[$socket\]" 2>/dev/null | grep -q .
}

# start_on PORT PROGRAM ARGUMENT...: sets `pid`. False where it ends at once, as on a port that is taken.
start_on() {
  # A server must not hold open what a batch reads its questions from.
  setsid "$2" --interface 127.0.0.1 --port "$1" "${@:3}" >"server-$1.log" 2>&1 7>&- &
  pid=$!
  disown "$pid"
  until listens "$pid" "$1"; do
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.05
  done
  servers+=("$pid")
}

# start PROGRAM ARGUMENT...: on a free port; sets `port` and `pid`.
start() {
  for _ in $(seq 50); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    if start_on "$port" "$@"; then return; fi
  done
  fail "no server: $* $(cat server-*.log)"
}

# serve DB: sets `port` and `pid`.
serve() { start xapian-tcpsrv --timeout 600000 "$1"; }
