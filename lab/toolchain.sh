# shellcheck shell=bash
# The requirements of a build on this machine: Go, and disk space. Sourced by the launcher.

# Folders in which Go may be, though not on sudo's PATH.
GO_PLACES=(/usr/local/go/bin /usr/lib/go/bin /snap/bin)
go_elsewhere() {
    local homes=("$HOME") home place
    [ -z "${SUDO_USER:-}" ] || homes+=("$(getent passwd "$SUDO_USER" | cut -d: -f6)")
    for place in "${GO_PLACES[@]}"; do
        [ ! -x "$place/go" ] || { echo "$place"; return; }
    done
    for home in "${homes[@]}"; do
        for place in go/bin .local/go/bin .asdf/shims .local/share/mise/shims; do
            [ ! -x "$home/$place/go" ] || { echo "$home/$place"; return; }
        done
    done
}

# Prints the newest Go that a component's module requires.
wanted_go() {
    local name
    for name in $(made_components); do is_packaged "$name" || sed -n 's/^go //p' "$(module_file "$name")"; done | sort -V | tail -n 1
}

go_of_machine() { GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed 's/^go//; s/[- ].*//'; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1)" = "$1" ]; }

check_go() {
    local have want place chosen
    want=$(wanted_go)
    if ! command -v go >/dev/null; then
        place=$(go_elsewhere)
        [ -z "$place" ] || fail "Go is in $place, and not on PATH, which sudo replaces: run sudo -E env \"PATH=\$PATH\" make lab, or add $place to PATH"
        fail "Go is not installed, and the lab's components are built with it. Install Go $want or later (https://go.dev/dl), or $USE_OWN_CLUSTER"
    fi
    have=$(go_of_machine)
    [ -n "$have" ] || fail "$(command -v go) does not tell its version ($(go env GOVERSION 2>&1 | tail -n 1)): correct what it says, or install Go $want or later (https://go.dev/dl)"
    ! at_least "${have:-0}" "$want" || return 0
    at_least "${have:-0}" 1.21 \
        || fail "Go $have is too old, and too old to fetch a newer one by itself: install Go $want or later from https://go.dev/dl (a distribution's package golang-go is often older), or $USE_OWN_CLUSTER"
    chosen=${GOTOOLCHAIN:-auto}
    case $chosen in
        auto | *+auto) return 0 ;;
    esac
    fail "Go $have is older than the $want that the components need, and GOTOOLCHAIN=$chosen in the environment keeps it from being fetched: export GOTOOLCHAIN=auto"
}

# shellcheck disable=SC2034 # announce prints them
# Disk space for a build from nothing, in GB: downloads, Go's own caches during the build, and the result.
LAB_DOWNLOAD_GB=1
LAB_BUILD_DISK_GB=10
LAB_KEPT_DISK_GB=1
# Number of files of the modules and of Go's build cache.
LAB_BUILD_FILES=500000

free_gb() { df -Pk "$(nearest_folder "$1")" | awk 'NR == 2 { print int($4 / 1048576) }'; }

check_build_disk() {
    local free try status inodes
    free=$(free_gb "$LAB_CACHE")
    try=$(try_folder LAB_CACHE) || exit 1
    cp "$(type -P true)" "$try/program"
    "$try/program" 2>/dev/null
    status=$?
    rm -rf "$try"
    [ $status -eq 0 ] || fail "no program can be run in LAB_CACHE=$LAB_CACHE (its file system is mounted noexec): set LAB_CACHE to a folder where one can"
    [ "$free" -ge "$LAB_BUILD_DISK_GB" ] || fail "building the components needs $LAB_BUILD_DISK_GB GB free on the way ($LAB_KEPT_DISK_GB GB kept) and LAB_CACHE=$LAB_CACHE has $free GB: free some, or set LAB_CACHE to a folder on a larger disk"
    # Some file systems have no limit, and report 0.
    inodes=$(df -Pi "$(nearest_folder "$LAB_CACHE")" | awk 'NR == 2 && $2 + 0 > 0 { print $4 }')
    [ "${inodes:-$LAB_BUILD_FILES}" -ge "$LAB_BUILD_FILES" ] || fail "building the components needs $LAB_BUILD_FILES files on the way and the file system of LAB_CACHE=$LAB_CACHE has $inodes inodes left: free some, or set LAB_CACHE to a folder on another disk"
}

check_build() {
    [ -n "$(components_to_build)" ] || return 0
    check_go
    check_build_disk
}

# Go's caches are the lab's own, so that they can be removed; modules in the user's module cache are reused.
prepare_go() {
    local memory want
    GOPROXY="file://$(go env GOMODCACHE)/cache/download,$(go env GOPROXY)"
    export GOPROXY GOMODCACHE=$LAB_CACHE/go/mod GOCACHE=$LAB_CACHE/go/build GOTMPDIR=$LAB_CACHE/go/tmp
    # GOARCH and the like of a user who builds for another machine apply only to that user's own builds.
    GOARCH=$(go env GOHOSTARCH)
    export GOFLAGS=-modcacherw CGO_ENABLED=0 GOWORK=off GOOS=linux GOARCH
    want=$(wanted_go)
    # A newer Go than the machine's is fetched as a module like any other, whatever the distribution's go.env sets.
    at_least "$(go_of_machine)" "$want" || export GOTOOLCHAIN="go$want+auto"
    # Uses memory to save time: with enough of it, a compiler ends before its first garbage collection.
    memory=$(($(available_memory_mb) / ($(nproc) + 1)))
    if [ "$memory" -ge 1500 ]; then export GOGC=off GOMEMLIMIT=${memory}MiB; else export GOGC=400; fi
}
available_memory_mb() { awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo; }
