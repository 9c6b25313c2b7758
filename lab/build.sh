# shellcheck shell=bash
# Builds every component from its released Go module into LAB_CACHE, once. Sourced by the launcher.

# Takes what else the lab needs of a module out of its source: `keep` of its component.conf.
keep_manifests() {
    local name=$1 source=$2 target=$3 kept
    mkdir -p "$target"
    for kept in ${CONF[$name.keep]-}; do cp -r "$source/${kept%:*}" "$target/${kept##*:}" || return 1; done
    chmod -R u+w "$target"
}

# linker_flags NAME: its linker variables with its version filled in.
linker_flags() {
    local version flags=${CONF[$1.ldflags]-}
    version=$(component_version "$1")
    flags=${flags//@VERSION@/$version}
    flags=${flags//@VERSION_BARE@/${version#v}}
    version=${version#*.}
    echo "-s -w ${flags//@MINOR@/${version%%.*}}"
}

build_component() {
    local name=$1 target=$2 partial=$2.partial source pair packages=tool modules=${MODULES_OF[$1]}
    rm -rf "$partial"
    mkdir -p "$partial/bin"
    cd "$LAB_HOME/components/$name" || return 1
    [ ! -e main.go ] || packages=.
    # -pgo=off and no DWARF: faster to compile, and nobody profiles or debugs these binaries.
    go build -mod=readonly -modfile="$modules/go.mod" -trimpath -pgo=off -gcflags=all=-dwarf=false \
        -ldflags "$(linker_flags "$name")" -o "$partial/bin/" $packages || return 1
    source=$(go list -mod=readonly -modfile="$modules/go.mod" -m -f '{{.Dir}}' "${CONF[$name.module]}") || return 1
    keep_manifests "$name" "$source" "$partial/manifests" || return 1
    for pair in ${CONF[$name.rename]-}; do
        [ ! -e "$partial/bin/${pair%:*}" ] || mv "$partial/bin/${pair%:*}" "$partial/bin/${pair##*:}" || return 1
    done
    for pair in ${CONF[$name.links]-}; do ln -s "${pair%:*}" "$partial/bin/${pair##*:}" || return 1; done
    rm -rf "$target"
    mv "$partial" "$target"
}

# Where the go.mod is that a component is built with: its hook may make another.
modules_of() {
    local modules
    MODULES=$(module_folder "$1")
    modules=$(hook "$1" on_modules) || return 1
    echo "${modules:-$MODULES}"
}

# Brings the modules of the components still to be built, ahead of the compiler.
prefetch() {
    local name packages
    for name in "$@"; do
        packages=tool
        [ ! -e "$LAB_HOME/components/$name/main.go" ] || packages=.
        (cd "$LAB_HOME/components/$name" && go list -mod=readonly -modfile="${MODULES_OF[$name]}/go.mod" -deps $packages >/dev/null 2>&1)
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
    for name in $(built_components); do [ -e "$(component_dir "$name")/bin" ] || echo "$name"; done
}

lab_build() {
    local todo=() name left=0 count=0 total started now log status prefetcher rest begun building
    mapfile -t todo < <(components_to_build)
    for name in "${todo[@]}"; do left=$((left + $(known_seconds "$name"))); done
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
    say "building $total components into $LAB_CACHE; about $(minutes $left) and what the downloads take. It happens once, and goes on where it stopped if interrupted."

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
        left=0
        for rest in "${todo[@]:count-1}"; do left=$((left + $(known_seconds "$rest"))); done
        say "[$count/$total] $name $(component_version "$name"), $(minutes $((SECONDS - started))) so far, about $(minutes $left) left"
        guarded build_component "$name" "$(component_dir "$name")" >"$log" 2>&1
        building=$GUARDED
        now=$SECONDS
        while kill -0 "$building" 2>/dev/null; do
            if [ $((SECONDS - now)) -ge 60 ]; then
                now=$SECONDS
                say "[$count/$total] $name still building, $(minutes $((SECONDS - begun))) (last time $(minutes "$(known_seconds "$name")"))"
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
        rm -f "$log"
        echo $((SECONDS - begun)) >"$LAB_CACHE/seconds/$name"
    done
    end_guarded "$prefetcher"
    end_guard
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

known_seconds() { cat "$LAB_CACHE/seconds/$1" 2>/dev/null || setting "$1" seconds; }
minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }
