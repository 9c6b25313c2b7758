# shellcheck shell=bash
# Reads the lab's components from their folders. Sourced by the launcher.
#
# components/NAME/ holds everything about a component:
#   component.conf   [component]: how to build it; [program:X]: how to run it, a supervisor stanza with two more keys.
#                    A line that begins with blanks continues the line before it.
#   go.mod, go.sum   the released module to build, and main.go if the module has no command that fits the lab;
#                    components that agree on their modules are built together, and align.py makes them agree
#   release.txt      if it is not built: the PyPI wheel with its released binary, as a requirement of pip.
#                    LAB_NAME=source builds it all the same, from source/go.mod; go.mod then only gives what is kept
#                    A component may also be a file of a Debian package: it then has the key package, and neither file
#   state/           files of the lab's state folder, in which @NAME@ and the like are replaced
#   objects/         objects that are created in the cluster before its last programs start, with the same replacements
#   hooks.sh         functions for anything that is specific to the component:
#                    version         prints its version, if no module gives it
#                    on_modules      prints the folder of the go.mod to build it with
#                    on_configured   runs after the lab's state was written, before any program
#                    on_certified    runs then too, once the cluster's certificates exist
#                    on_booted       runs once the first programs were started, in parallel with the rest
#                    on_objects      runs once its objects are in the cluster
#                    on_platform     runs once the last programs were started, in parallel with the rest
# Keys of [component]:
#   module              the released module, with or without its major version; go.mod has the version
#   package             PACKAGE:FILE of Debian, extracted because installing it would start its service
#   seconds             first estimate of building it alone on 2 cores; source-seconds: the same from source
#   ldflags             flags of the linker, in which @VERSION@, @VERSION_BARE@ (no v) and @MINOR@ are replaced
#   rename, links       FROM:TO and TARGET:NAME for the binaries
#   keep                PATH:NAME in the module's source, or MODULE//PATH:NAME: files to keep next to the binaries
#   scripts             PATH in the module's source of a script that its programs call
#   objects             patterns of kept files with definitions of kinds, which are created in the cluster
#   namespace, namespace-objects   the same, in that namespace, which is created
#   needs               PROGRAM-OR-FILE:PACKAGE that must be installed
#   folders             folders that must exist in the lab's state
#   environment         variables of all of its programs, in supervisor's format
# Keys of [program:X] that supervisor does not know:
#   stage   boot; cluster: once the API server answers; platform: once the objects exist
#   probe   a command that shows, from within the lab, that the program works

declare -A CONF=()
# Programs by stage, in the order in which they start and are shown.
PROGRAMS=()
COMPONENTS=()

# setting SECTION KEY: the value for a component (its name) or a program (program:NAME).
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

# hook COMPONENT FUNCTION ARGUMENT...: runs the hook in a shell of its own; does nothing if there is none of that name.
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

# every_hook FUNCTION ARGUMENT...: runs it for all components, one after the other, until one fails.
every_hook() {
    local name
    for name in "${COMPONENTS[@]}"; do hook "$name" "$@" || return 1; done
}

# Prints the components that have to be made: built here, or taken from a release.
made_components() {
    local name
    for name in "${COMPONENTS[@]}"; do [ -z "${CONF[$name.module]-}${CONF[$name.package]-}" ] || echo "$name"; done
}

# component_file NAME FILE: the path of the file, which LAB_VERSIONS may replace.
component_file() {
    if [ -n "$LAB_VERSIONS" ] && [ -e "$LAB_VERSIONS/$1/$2" ]; then echo "$LAB_VERSIONS/$1/$2"; else echo "$LAB_HOME/components/$1/$2"; fi
}

# Whether the component's released binary is used.
is_released() {
    local source=LAB_${1^^}
    source=${source//-/_}
    [ -e "$LAB_HOME/components/$1/release.txt" ] && [ "${!source-}" != source ]
}

is_packaged() { [ -n "${CONF[$1.package]-}" ]; }

# Prints the path of the go.mod that a component is built with.
module_file() {
    if ! is_released "$1" && [ -e "$LAB_HOME/components/$1/source/go.mod" ]; then component_file "$1" source/go.mod; else component_file "$1" go.mod; fi
}

# Prints the version that a component's go.mod or release pins, or that its hook prints.
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

# Prints a key of everything that a component's binaries depend on; other changes in this repository need no build.
component_key() {
    local modules key
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
          for key in ldflags keep scripts; do setting "$1" $key; done
      fi
      uname -m
    } | sha256sum | cut -c1-12
}
# Folders of components by name, once remember_component_dirs was called: a key takes ten processes.
declare -A COMPONENT_DIRS=()

component_dir() { echo "${COMPONENT_DIRS[$1]-$LAB_CACHE/components/$1-$(component_key "$1")}"; }

remember_component_dirs() {
    local name
    for name in $(made_components); do COMPONENT_DIRS[$name]=$(component_dir "$name"); done
}

# Prints the PATH of the lab's programs, which takes nothing from the caller's PATH, since that may hold anything.
lab_path() {
    local path='' name
    for name in $(made_components); do path=$path$(component_dir "$name")/bin:; done
    echo "${path}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}
