# shellcheck shell=bash
# What the lab consists of, read from its components' folders. Sourced by the launcher.
#
# components/NAME/ is all there is of a component:
#   component.conf   [component]: how it is made; [program:X]: how it runs, as supervisor's own stanzas with two keys more.
#                    A line that begins with blanks goes on with the one before.
#   go.mod, go.sum   the released module that it is built from, and main.go where that has no command as the lab wants it;
#                    those that agree on their modules are built together, and align.py makes them agree
#   release.txt      where it is not built: the wheel of PyPI that has its released binary, as pip wants a requirement.
#                    LAB_NAME=source builds it all the same, with source/go.mod; go.mod then only says what is kept
#                    A component may also be a file of a Debian package: the key package, and neither of these
#   state/           files of the lab's state folder, with @NAME@ and the like filled in
#   objects/         objects that are made in the cluster before its last programs start, filled in alike
#   hooks.sh         functions, for what the lab cannot know of it:
#                    version         prints it, where no module says it
#                    on_modules      prints the folder of the go.mod that it is built with
#                    on_configured   after the lab's state was written, before anything runs
#                    on_certified    the same, once the cluster's certificates are there
#                    on_booted       once the first programs were started, beside the rest
#                    on_objects      once its objects are in the cluster
# Keys of [component]:
#   module              that it is released as, with its major version or without; its version stands in go.mod
#   package             PACKAGE:FILE of Debian, which is taken without installing the package: that would start its service
#   seconds             to build it alone on 2 cores: a first estimate; source-seconds: from source
#   ldflags             of the linker; @VERSION@, @VERSION_BARE@ (no v) and @MINOR@ are filled in
#   not-inlined         packages of it, and all below them, where the lab does not spend its time: they compile faster so
#   rename, links       FROM:TO and TARGET:NAME, of the binaries
#   keep                PATH:NAME in the module's source, or MODULE//PATH:NAME, that is kept beside the binaries
#   scripts             PATH in the module's source of a script that its programs call
#   objects             patterns of what was kept: objects that are made in the cluster
#   namespace, namespace-objects   the same, in that namespace, which is made
#   needs               PROGRAM-OR-FILE:PACKAGE that must be installed
#   folders             of the lab's state that must be there
#   environment         of all of its programs, as supervisor takes it
# Keys of [program:X] that are not supervisor's:
#   stage   boot; cluster: once the API server answers; platform: once the objects are there
#   probe   a command, within the lab, that shows that it works

declare -A CONF=()
# Programs by stage, which is the order in which they start and are shown.
PROGRAMS=()
COMPONENTS=()

# setting SECTION KEY: of a component (its name) or a program (program:NAME).
setting() { printf '%s\n' "${CONF[$1.$2]-}"; }

read_components() {
    local name section key value stage file all=()
    for file in "$LAB_HOME"/components/*/component.conf; do
        name=${file%/component.conf}
        COMPONENTS+=("${name##*/}")
    done
    while IFS=$'\037' read -r name section key value; do
        if [ "$section" = component ]; then
            CONF[$name.$key]=$value
        else
            [ -n "${CONF[$section.component]-}" ] || all+=("${section#program:}")
            CONF[$section.component]=$name
            CONF[$section.$key]=$value
        fi
    done < <(awk '
        function put() { if (key != "") print name, section, key, value; key = "" }
        BEGIN { OFS = "\037" }
        FNR == 1 { put(); name = FILENAME; sub(/\/component\.conf$/, "", name); sub(/.*\//, "", name) }
        /^[;#]/ || /^[ \t]*$/ { next }
        /^\[/ { put(); section = substr($0, 2, index($0, "]") - 2); next }
        /^[ \t]/ { sub(/^[ \t]+/, ""); value = value " " $0; next }
        { put(); key = $0; sub(/[ \t]*=.*/, "", key); value = $0; sub(/^[^=]*=[ \t]*/, "", value) }
        END { put() }' "$LAB_HOME"/components/*/component.conf)
    for stage in boot cluster platform; do
        for name in "${all[@]}"; do
            [ "${CONF[program:$name.stage]-}" != "$stage" ] || PROGRAMS+=("$name")
        done
    done
}

programs() { printf '%s\n' "${PROGRAMS[@]}"; }

programs_of_stage() {
    local name
    for name in "${PROGRAMS[@]}"; do [ "${CONF[program:$name.stage]}" != "$1" ] || echo "$name"; done
}

# hook COMPONENT FUNCTION ARGUMENT...: in a shell of its own; nothing where it has none of that name.
hook() {
    local component=$1 what=$2 hooks=$LAB_HOME/components/$1/hooks.sh
    shift 2
    [ -e "$hooks" ] || return 0
    (
        # shellcheck source=/dev/null
        . "$hooks"
        ! declare -F "$what" >/dev/null || "$what" "$@"
    )
}

# every_hook FUNCTION ARGUMENT...: of all components, one after the other, until one fails.
every_hook() {
    local name
    for name in "${COMPONENTS[@]}"; do hook "$name" "$@" || return 1; done
}

# Those that are not just there: they are built here, or taken from where they are released.
made_components() {
    local name
    for name in "${COMPONENTS[@]}"; do [ -z "${CONF[$name.module]-}${CONF[$name.package]-}" ] || echo "$name"; done
}

# component_file NAME FILE: LAB_VERSIONS may have another than the lab.
component_file() {
    if [ -n "$LAB_VERSIONS" ] && [ -e "$LAB_VERSIONS/$1/$2" ]; then echo "$LAB_VERSIONS/$1/$2"; else echo "$LAB_HOME/components/$1/$2"; fi
}

# Whether its released binary is taken.
is_released() {
    local source=LAB_${1^^}
    source=${source//-/_}
    [ -e "$LAB_HOME/components/$1/release.txt" ] && [ "${!source-}" != source ]
}

is_packaged() { [ -n "${CONF[$1.package]-}" ]; }

# The go.mod that a component is built with.
module_file() {
    if ! is_released "$1" && [ -e "$LAB_HOME/components/$1/source/go.mod" ]; then component_file "$1" source/go.mod; else component_file "$1" go.mod; fi
}

# The version that a component's go.mod pins, or its release, or what it says of itself.
component_version() {
    local module=${CONF[$1.module]-}
    if is_packaged "$1"; then
        cat "$(component_dir "$1")/version" 2>/dev/null
    elif [ -z "$module" ]; then
        hook "$1" version
    elif is_released "$1"; then
        sed -n 's/^[A-Za-z0-9_.-]*==\([^ ]*\).*/v\1/p' "$(component_file "$1" release.txt)"
    else
        awk -v module="$module" '$1 == "require" { sub(/^require[ \t]+/, "") }
            { path = $1; sub(/\/v[0-9]+$/, "", path) }
            ($1 == module || path == module) && $2 ~ /^v[0-9]/ { print $2; exit }' "$(module_file "$1")"
    fi
}

# What a component's binaries depend on; anything else in this repository may change without a build.
component_key() {
    local modules
    if is_packaged "$1"; then
        echo "${CONF[$1.package]} $(distribution_codename) $(uname -m)" | sha256sum | cut -c1-12
        return
    fi
    modules=$(module_file "$1")
    { cat "$modules" "${modules%.mod}.sum"
      if is_released "$1"; then
          cat "$(component_file "$1" release.txt)"
          setting "$1" keep
      else
          cat "$LAB_HOME/components/$1"/*.go 2>/dev/null
          setting "$1" ldflags
          [ -z "${CONF[$1.scripts]-}" ] || setting "$1" scripts
      fi
      uname -m
    } | sha256sum | cut -c1-12
}
component_dir() { echo "$LAB_CACHE/components/$1-$(component_key "$1")"; }

# Where the lab's programs are found: nothing of the PATH of whoever starts it, which may hold anything.
lab_path() {
    local path='' name
    for name in $(made_components); do path=$path$(component_dir "$name")/bin:; done
    echo "${path}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}
