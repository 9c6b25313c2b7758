# shellcheck shell=bash
# Prints how long a build takes, beforehand and on the way. Sourced by the launcher.

# Estimates the seconds to build components on a machine like the last one. Shared packages are compiled once, so each
# component but the longest takes a quarter of its own time.
known_seconds() {
    local name seconds sum=0 longest=0 released=0
    for name in "$@"; do
        seconds=$(setting "$name" seconds)
        if is_packaged "$name" || is_released "$name"; then released=$((released + seconds)); continue; fi
        [ ! -e "$LAB_HOME/components/$name/release.txt" ] || seconds=$(setting "$name" source-seconds)
        sum=$((sum + seconds))
        [ "$seconds" -le "$longest" ] || longest=$seconds
    done
    seconds=$(((longest + (sum - longest) / 4) * $(speed) / 100))
    echo $((seconds > released ? seconds : released))
}
# The speed of this machine in its last complete build, in hundredths of the times in component.conf.
speed() { cat "$LAB_CACHE/speed" 2>/dev/null || echo 100; }

# Milliseconds on two cores: to compile a package and each MB of it, to link a program, and to fetch a module.
MS_A_PACKAGE=60
MS_A_MB=450
MS_A_PROGRAM=1000
MS_A_MODULE=40

# work_done LOG: the work that is done and the total, in milliseconds. Until every group has its list, the total is the
# estimate known before. Packages that an interrupted build left in Go's caches count in neither.
work_done() {
    local folder lists=() linked listed=1 fetched before=$LAB_CACHE/go/compiled
    for folder in "${BUILD_FOLDERS[@]}"; do
        lists+=("$folder/packages")
        [ -e "$folder/packages" ] || listed=0
    done
    linked=$(find "${BUILD_FOLDERS[@]/%//bin}" -type f 2>/dev/null | wc -l)
    fetched=$(cat "${BUILD_FOLDERS[@]/%/.fetched}" 2>/dev/null | grep -c '^go: downloading ')
    [ -e "$before" ] || before=/dev/null
    cat "${lists[@]}" 2>/dev/null | awk -v package=$MS_A_PACKAGE -v mb=$MS_A_MB -v program=$MS_A_PROGRAM -v linked="$linked" \
        -v programs="$(programs_to_link)" -v fetched=$((fetched * MS_A_MODULE)) -v known="$BUILD_WORK" -v listed="$listed" '
        FILENAME ~ /compiled$/ { before[$1]; next }
        FILENAME == "-" { if (!($2 in before)) cost[$2] = package + $1 * mb / 1e6; next }
        /^[a-z][^ :]*$/ && !seen[$1]++ { done += $1 in cost ? cost[$1] : package * 2 }
        END { for (one in cost) all += cost[one]
              all += programs * program + fetched
              print int(done + linked * program + fetched), int(listed ? all : known) }' "$before" - "$1"
}
programs_to_link() {
    local name names
    read -ra names <<<"${GROUPS_OF_GO[*]}"
    for name in "${names[@]}"; do packages_of "$name"; done | wc -l
}

# so_far SECONDS LOG
so_far() {
    local finished work
    read -r finished work < <(work_done "$2")
    time_left "$1" "$finished" "$work"
}

# time_left SECONDS DONE WORK: DONE and WORK are milliseconds of another machine; DONE shows how fast this one is.
time_left() {
    local left=$(($3 > $2 ? $3 - $2 : 0))
    if [ "$1" -ge 20 ] && [ "$2" -gt 0 ]; then left=$((left * $1 / $2)); else left=$((left / 1000)); fi
    echo "$(minutes "$1") so far, about $(minutes "$left") left"
}
minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }

# Printed once, before anything is done: what a first start does, how long it takes, and what it needs and writes.
announce() {
    local name todo=() work=0 missing
    [ ! -d "$LAB_CACHE/components" ] || return 0
    mapfile -t todo < <(components_to_build)
    work=$(known_seconds "${todo[@]}")
    missing=$(missing_packages)
    say "this is the first start here, which takes about $(minutes "$work") on two cores; later ones take seconds. It will"
    [ -z "$missing" ] || say "- install Debian packages: ${missing% }"
    say "- download $LAB_DOWNLOAD_GB GB at most, and build or take ${#todo[@]} components into $LAB_CACHE: $LAB_BUILD_DISK_GB GB of disk on the way, of which $(free_gb "$LAB_CACHE") are free, and $LAB_KEPT_DISK_GB GB kept"
    say "- start them in namespaces of this machine, with their state in $LAB_STATE and their addresses in $LAB_RANGE, which nothing leaves"
    say "'make lab-down' ends that; to remove what was built as well, remove $LAB_CACHE"
}
