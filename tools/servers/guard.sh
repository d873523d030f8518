#!/bin/sh
# Ends what a starter began, however the starter ended. Usage: guard.sh FILE-TO-REMOVE < PIPE
# The starter alone holds the other end of the pipe and writes "watch STAGE SIGNAL PID" and "forget PID".
# When it closes, whatever is still watched is ended: stage 1 first, each stage asked politely and then not.
# In a session of its own, so that neither Ctrl-C nor a kill of the starter's process group reaches it.
trap '' INT TERM HUP
watched=''

alive() {
  kill -0 "$1" 2>/dev/null || return 1
  # Nobody may be left to reap a child: a zombie is as good as gone.
  if read -r stat 2>/dev/null <"/proc/$1/stat"; then
    case $stat in *') Z '*) return 1 ;; esac
  fi
  return 0
}

any_alive() {
  for pid in $1; do
    if alive "$pid"; then return 0; fi
  done
  return 1
}

while read -r verb first second third; do
  case $verb in
    watch) watched="$watched $first:$second:$third" ;;
    forget)
      kept=''
      for entry in $watched; do
        [ "${entry##*:}" = "$first" ] || kept="$kept $entry"
      done
      watched=$kept
      ;;
  esac
done

[ -z "$1" ] || rm -f "$1"
for stage in 1 2 3 4; do
  pids=''
  for entry in $watched; do
    [ "${entry%%:*}" = "$stage" ] || continue
    pid=${entry##*:}
    signal=${entry#*:}
    pids="$pids $pid"
    kill -"${signal%%:*}" "$pid" 2>/dev/null
  done
  tries=0
  while any_alive "$pids" && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  for pid in $pids; do
    if alive "$pid"; then kill -KILL "$pid" 2>/dev/null; fi
  done
done
