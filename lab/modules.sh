# shellcheck shell=bash
# The Go modules that components are built from, and the components that one build can serve. Sourced by the launcher.

# source_of MODULE GO.MOD: prints the folder with the source of the version that a go.mod pins.
source_of() { (cd "${2%/*}" && go mod download -modfile="$2" -json "$1") | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p' | grep .; }

# Prints the packages of a component's programs, under the names that its group's module uses.
packages_of() {
    if [ -e "$LAB_HOME/components/$1/main.go" ]; then
        echo "lab/$1"
    else
        awk '$1 == "tool" && $2 != "(" { print $2 } /^tool \(/ { tools = 1; next } /^\)/ { tools = 0 } tools { print $1 }' "${MODULES_OF[$1]}"
    fi
}
# Go names a program after the last part of its package's path, without a major version.
program_of() { sed 's|/v[0-9]*$||; s|.*/||' <<<"$1"; }

# Components whose go.mod files agree are built by one command: a package that is compiled for one serves the others,
# and one is compiled while another is linked. Components that do not agree with the lab's own, such as another version
# of LAB_VERSIONS, have a group of their own.
# required_by GO.MOD: prints each module with its version, or with its replacement.
required_by() {
    awk '$1 == "replace" && $2 != "(" { sub(/^replace[ \t]+/, "") }
        { sub(/[ \t]*\/\/.*/, "") }
        / => / { left = $0; sub(/ => .*/, "", left); sub(/^[ \t]+/, "", left); right = $0; sub(/.* => /, "=> ", right); split(left, at, " ")
                 replaced[at[1]] = right; next }
        $1 == "require" && $2 != "(" { version[$2] = $3; next }
        /^(tool|exclude|retract|ignore)?[ \t]*\($/ { other = 1; next } /^require \($/ { other = 0; next } /^\)/ { other = 0; next }
        !other && NF == 2 && $2 ~ /^v[0-9]/ { version[$1] = $2 }
        END { for (module in version) print module, module in replaced ? replaced[module] : version[module] }' "$1"
}

# group_components NAME...: fills GROUPS_OF_GO with one entry for each group, its components.
group_components() {
    local name group line lines agreed
    declare -A versions=()
    GROUPS_OF_GO=()
    for name in "$@"; do
        lines=$(required_by "${MODULES_OF[$name]}"; for line in $(packages_of "$name"); do echo "program $(program_of "$line") of $name"; done)
        for ((group = 0; ; group++)); do
            agreed=1
            while read -r line; do
                line=${line/#program /program:}
                [ "${versions[$group ${line%% *}]-${line#* }}" = "${line#* }" ] || { agreed=0; break; }
            done <<<"$lines"
            [ $agreed = 0 ] || break
        done
        while read -r line; do
            line=${line/#program /program:}
            versions[$group ${line%% *}]=${line#* }
        done <<<"$lines"
        GROUPS_OF_GO[group]="${GROUPS_OF_GO[group]-}${GROUPS_OF_GO[group]+ }$name"
    done
}

# write_group FOLDER NAME...: writes a module that requires everything they need, with their main packages.
write_group() {
    local folder=$1 name files=() sums=()
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    for name in "$@"; do
        files+=("${MODULES_OF[$name]}")
        sums+=("${MODULES_OF[$name]%.mod}.sum")
        [ ! -e "$LAB_HOME/components/$name/main.go" ] || { mkdir "$folder/$name" && cp "$LAB_HOME/components/$name"/*.go "$folder/$name/"; } || return 1
    done
    {
        echo 'module lab'
        sed -n 's/^go //p' "${files[@]}" | sort -V | tail -n 1 | sed 's/^/go /'
        for name in "${files[@]}"; do
            # One directive on each line, without blocks, so that repeated lines can be dropped.
            awk '/^[a-z]+ \($/ { block = $1; next } /^\)/ { block = ""; next }
                { sub(/[ \t]*\/\/.*/, ""); sub(/^[ \t]+/, "") }
                block != "" && NF { print block, $0; next }
                /^(require|replace|exclude|tool) / { print }' "$name"
        done | sort -u
    } >"$folder/go.mod"
    sort -u "${sums[@]}" >"$folder/go.sum"
}

# Prints the folder of the go.mod that a component is built with, which its hook may make.
modules_of() {
    ! is_packaged "$1" || return 0
    MODULES=$(module_file "$1")
    if is_released "$1"; then echo "$MODULES"; return; fi
    local made
    made=$(hook "$1" on_modules) || return 1
    echo "${made:-$MODULES}"
}

# fetch_group FOLDER NAME...: fetches the modules of a group, and writes how much code each package has to compile.
fetch_group() {
    local folder=$1 name packages=()
    shift
    for name in "$@"; do mapfile -t -O ${#packages[@]} packages < <(packages_of "$name"); done
    cd "$folder" || return 1
    # Go fetches as many modules at a time as it has processors, and mostly waits for them.
    # shellcheck disable=SC2016 # Go's template
    GOMAXPROCS=16 go list -mod=readonly -deps -f '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}} {{end}}{{.ImportPath}}' "${packages[@]}" >files || return 1
    # shellcheck disable=SC2016 # awk's own
    awk '{ for (i = 1; i < NF; i++) print $i }' files | tr '\n' '\0' | xargs -0 stat -Lc '%s %n' 2>/dev/null \
        | awk 'NR == FNR { size[$2] = $1; next } { bytes = 0; for (i = 1; i < NF; i++) bytes += size[$i]; print bytes, $NF }' - files >packages.new \
        && mv packages.new packages
}
