# Builds every component from its released Go module into LAB_CACHE, once. Sourced by the launcher.

# name | seconds it took on 2 cores with all modules downloaded | linker variables
COMPONENTS='
etcd|40|
containerd|55|
coredns|65|
registry|50|
helm|60|
argo-rollouts|150|-X github.com/argoproj/argo-rollouts/utils/version.version=@VERSION_BARE@
argo-cd|215|-X github.com/argoproj/argo-cd/v3/common.version=@VERSION_BARE@
kubernetes|330|-X k8s.io/component-base/version.gitVersion=@VERSION@ -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=@MINOR@
traefik|290|-X github.com/traefik/traefik/v3/pkg/version.Version=@VERSION_BARE@
'

# Go's own caches on the way, in GB; what is kept afterwards needs about 2.
LAB_BUILD_DISK_GB=30

component_names() { printf '%s' "$COMPONENTS" | sed '/^$/d; s/|.*//'; }
component_field() { printf '%s' "$COMPONENTS" | awk -F'|' -v name="$1" -v n="$2" '$1 == name { print $n }'; }

# The module a component is released as, and the version that its go.mod pins: the one place for both.
component_module() {
    case $1 in
        kubernetes) echo k8s.io/kubernetes ;;
        etcd) echo go.etcd.io/etcd/server/v3 ;;
        containerd) echo github.com/containerd/containerd/v2 ;;
        coredns) echo github.com/coredns/coredns ;;
        registry) echo github.com/distribution/distribution/v3 ;;
        helm) echo helm.sh/helm/v3 ;;
        argo-rollouts) echo github.com/argoproj/argo-rollouts ;;
        argo-cd) echo github.com/argoproj/argo-cd/v3 ;;
        traefik) echo github.com/traefik/traefik/v3 ;;
    esac
}
component_version() {
    awk -v module="$(component_module "$1")" '$1 == "require" { sub(/^require[ \t]+/, "") } $1 == module { print $2; exit }' \
        "$LAB_HOME/components/$1/go.mod"
}

# What a component's binaries depend on; anything else in this repository may change without a build.
component_key() {
    { cat "$LAB_HOME/components/$1"/go.mod "$LAB_HOME/components/$1"/go.sum
      cat "$LAB_HOME/components/$1"/*.go 2>/dev/null
      component_field "$1" 3
      uname -m
    } | sha256sum | cut -c1-12
}
component_dir() { echo "$LAB_CACHE/components/$1-$(component_key "$1")"; }

lab_path() {
    local path= name
    for name in $(component_names); do path=$path$(component_dir "$name")/bin:; done
    echo "$path$LAB_CACHE/bin"
}

# Writes what only the module's source has: CRDs and the objects Argo CD expects to find.
keep_manifests() {
    local source=$1 target=$2 name=$3
    mkdir -p "$target"
    case $name in
        argo-rollouts) cp -r "$source/manifests/crds" "$target/crds" ;;
        argo-cd) cp -r "$source/manifests/crds" "$target/crds"; cp -r "$source/manifests/base/config" "$target/config" ;;
        traefik) cp "$source/docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml" "$target/crds.yml" ;;
    esac
    chmod -R u+w "$target"
}

build_component() {
    local name=$1 target=$2 version flags source partial=$2.partial
    version=$(component_version "$name")
    flags=$(component_field "$name" 3 | sed "s/@VERSION@/$version/g; s/@VERSION_BARE@/${version#v}/g; s/@MINOR@/$(echo "$version" | cut -d. -f2)/g")
    rm -rf "$partial"
    mkdir -p "$partial/bin"
    cd "$LAB_HOME/components/$name" || return 1
    # -pgo=off and no DWARF: faster to compile, and nobody profiles or debugs these binaries.
    local packages=tool
    [ "$name" = coredns ] && packages=.
    go build -mod=readonly $(module_file "$name") -trimpath -pgo=off -gcflags=all=-dwarf=false -ldflags "-s -w $flags" -o "$partial/bin/" $packages || return 1
    source=$(go list -mod=readonly -m -f '{{.Dir}}' "$(component_module "$name")") || return 1
    keep_manifests "$source" "$partial/manifests" "$name" || return 1
    case $name in
        etcd) mv "$partial/bin/v3" "$partial/bin/etcd" 2>/dev/null || mv "$partial/bin/server" "$partial/bin/etcd" || return 1 ;;
        argo-rollouts) mv "$partial/bin/rollouts-controller" "$partial/bin/argo-rollouts-controller" || return 1 ;;
        argo-cd) mv "$partial/bin/cmd" "$partial/bin/argocd" || return 1
            for server in server repo-server application-controller; do ln -s argocd "$partial/bin/argocd-$server"; done ;;
    esac
    rm -rf "$target"
    mv "$partial" "$target"
}

# Traefik's ACME client names the SDK of every DNS provider there is, which is most of what would be downloaded and
# compiled for it, for certificates that a lab never asks for. It is built with a copy of the client that names none.
without_dns_providers() {
    local client copy=$LAB_CACHE/go/without-dns-providers
    cd "$LAB_HOME/components/traefik" || return 1
    client=$(go mod download -json github.com/go-acme/lego/v4 | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
    [ -n "$client" ] || return 1
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -r "$client" "$copy/lego" && chmod -R u+w "$copy/lego" || return 1
    cp dns_providers.go "$copy/lego/providers/dns/zz_gen_dns_providers.go"
    { cat go.mod; echo "replace github.com/go-acme/lego/v4 => $copy/lego"; } >"$copy/go.mod"
    cp go.sum "$copy/go.sum"
}
module_file() { [ "$1" != traefik ] || echo "-modfile=$LAB_CACHE/go/without-dns-providers/go.mod"; }

# Brings the modules of the components still to be built, ahead of the compiler.
prefetch() {
    local name
    for name in "$@"; do
        (cd "$LAB_HOME/components/$name" && go list -mod=readonly $(module_file "$name") -deps tool >/dev/null 2>&1)
    done
}

check_go() {
    command -v go >/dev/null || fail "Go is not installed, and the lab's components are built with it. Install Go 1.26 or later (https://go.dev/dl), or $USE_OWN_CLUSTER"
    local have want
    have=$(GOTOOLCHAIN=local go env GOVERSION | sed 's/^go//; s/[- ].*//')
    want=$(sed -n 's/^go //p' "$LAB_HOME"/components/*/go.mod | sort -V | tail -n 1)
    if [ "$(printf '%s\n%s\n' "$have" "$want" | sort -V | tail -n 1)" != "$have" ] && [ "$(go env GOTOOLCHAIN)" = local ]; then
        fail "Go $have is too old: the components need $want. Update Go, or unset GOTOOLCHAIN so that Go fetches it, or $USE_OWN_CLUSTER"
    fi
}

check_build_disk() {
    local free
    free=$(df -Pk "$LAB_CACHE" | awk 'NR == 2 { print int($4 / 1048576) }')
    [ "$free" -ge "$LAB_BUILD_DISK_GB" ] || fail "building the components needs $LAB_BUILD_DISK_GB GB free on the way (3 GB kept) and $LAB_CACHE has $free GB. Free some, or set LAB_CACHE to a folder on a larger disk"
}

lab_build() {
    local todo=() name left=0 count=0 total started now pid log status prefetcher
    for name in $(component_names); do
        [ -e "$(component_dir "$name")/bin" ] || { todo+=("$name"); left=$((left + $(known_seconds "$name"))); }
    done
    remove_leftovers
    [ ${#todo[@]} -gt 0 ] || return 0

    check_go
    mkdir -p "$LAB_CACHE/components" "$LAB_CACHE/seconds"
    check_build_disk
    exec 8>"$LAB_CACHE/build.lock"
    if ! flock -n 8; then
        say "another build is under way in $LAB_CACHE; waiting for it"
        flock 8
        exec 8>&-
        lab_build
        return
    fi
    total=${#todo[@]}
    say "building $total components into $LAB_CACHE; about $(minutes $left) and what the downloads take. It happens once, and goes on where it stopped if interrupted."

    # Go's caches are the lab's own, so that they can be removed again; modules that the user's own
    # module cache holds are taken from there.
    export GOPROXY="file://$(go env GOMODCACHE)/cache/download,$(go env GOPROXY)"
    export GOMODCACHE=$LAB_CACHE/go/mod GOCACHE=$LAB_CACHE/go/build GOFLAGS=-modcacherw CGO_ENABLED=0 GOWORK=off
    # Memory for time: the compiler collects garbage less often.
    export GOGC=400
    case " ${todo[*]} " in *" traefik "*)
        (without_dns_providers) >"$LAB_CACHE/traefik.log" 2>&1 || { tail -n 5 "$LAB_CACHE/traefik.log" >&2
            fail "Traefik's ACME client could not be downloaded; see whether Go's module proxy can be reached (go env GOPROXY)"; } ;;
    esac
    prefetch "${todo[@]}" 8>&- &
    prefetcher=$!
    # An interrupt must not leave a compiler running.
    trap 'kill $prefetcher ${pid:-} 2>/dev/null; exit 130' INT TERM
    started=$SECONDS
    for name in "${todo[@]}"; do
        count=$((count + 1))
        log=$LAB_CACHE/$name.log
        local begun=$SECONDS
        left=0
        local rest
        for rest in "${todo[@]:count-1}"; do left=$((left + $(known_seconds "$rest"))); done
        say "[$count/$total] $name $(component_version "$name"), $(minutes $((SECONDS - started))) so far, about $(minutes $left) left"
        (build_component "$name" "$(component_dir "$name")") >"$log" 2>&1 8>&- &
        pid=$!
        now=$SECONDS
        while kill -0 $pid 2>/dev/null; do
            if [ $((SECONDS - now)) -ge 60 ]; then
                now=$SECONDS
                say "[$count/$total] $name still building, $(minutes $((SECONDS - begun))) (last time $(minutes "$(known_seconds "$name")"))"
            fi
            sleep 1
        done
        wait $pid
        status=$?
        if [ $status -ne 0 ]; then
            kill $prefetcher 2>/dev/null
            tail -n 15 "$log" >&2
            fail "building $name failed; the whole output is in $log. What is built is kept: run the same command again to go on"
        fi
        rm -f "$log"
        echo $((SECONDS - begun)) >"$LAB_CACHE/seconds/$name"
    done
    trap - INT TERM
    kill $prefetcher 2>/dev/null
    wait $prefetcher 2>/dev/null
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

known_seconds() { cat "$LAB_CACHE/seconds/$1" 2>/dev/null || component_field "$1" 2; }
minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }
