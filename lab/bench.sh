#!/usr/bin/env bash
# bench.sh [REVISION...]: builds the lab of each of these revisions of this repository (without one: of the current
# checkout) from empty caches, one after the other, and prints how long each build took. It uses only a cache of its
# own, which it removes.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/lab-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
megabytes() { du -sm "$@" 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'; }
[ $# -gt 0 ] || set -- checkout
printf '%-12s %10s %10s %14s %14s %10s\n' LAB 'wall s' 'user+sys s' 'modules MB' "Go's cache MB" 'kept MB'
for revision in "$@"; do
    folder=$work/$revision
    mkdir -p "$folder"
    if [ "$revision" = checkout ]; then cp -r "$home/lab" "$folder/"; else git -C "$home" archive "$revision" lab | tar -x -C "$folder"; fi
    # Nor may it use modules that this machine already has.
    export LAB_CACHE=$folder/cache LAB_STATE=$folder/state LAB_KEEP_GO_CACHE=1 GOMODCACHE=$folder/none LAB_BUILD_ACTIONS=1
    TIMEFORMAT='%0R %0U %0S'
    read -r wall user sys < <({ time "$folder/lab/lab" build >"$folder/log" 2>&1 || { tail -n 5 "$folder/log"; } ; } 2>&1 | tail -n 1)
    printf '%-12s %10s %10s %14s %14s %10s\n' "$revision" "$wall" $((user + sys)) "$(megabytes "$LAB_CACHE/go/mod")" \
        "$(megabytes "$LAB_CACHE/go/build")" "$(megabytes "$LAB_CACHE/components")"
    sed -n 's/^lab: \(.*so far\)/    \1/p' "$folder/log"
    find "$LAB_CACHE/go" -maxdepth 2 -name actions.json -exec python3 "$home/lab/actions.py" {} +
    rm -rf "$folder"
done
