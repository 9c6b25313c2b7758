# shellcheck shell=bash
# What the host must offer: each check says in one line what is wrong and what to do. Nothing here changes anything, and
# all of it runs before anything is installed or built. Sourced by the launcher.

# What is read of this machine, each in one place.
os_release() { cat /etc/os-release 2>/dev/null; }
inotify_limit() { cat "/proc/sys/fs/inotify/max_user_$1" 2>/dev/null; }
# By all users: the limit is one user's, and root's processes are most of them.
inotify_instances() { find /proc/[0-9]*/fd -lname anon_inode:inotify 2>/dev/null | wc -l; }
mounts() { cat /proc/mounts; }
hosts_file() { cat /etc/hosts 2>/dev/null; }

check_linux() {
    [ "$(uname -s)" = Linux ] || fail "the lab needs Linux (this is $(uname -s)): run it on a Linux machine, or $USE_OWN_CLUSTER"
}

# -E alone keeps everything but PATH, which sudoers usually sets (secure_path).
check_root() {
    [ "$(id -u)" = 0 ] || fail "the lab makes namespaces, interfaces and cgroups and needs root: run the same command with sudo -E env \"PATH=\$PATH\" before it, or $USE_OWN_CLUSTER"
}

# Both become parts of command lines, of supervisor's configuration and of mount options.
check_paths() {
    local name character refused=$' \t\n%&|;:,"\'\\$`*?<>(){}[]#!' i
    for name in LAB_STATE LAB_CACHE; do
        [[ ${!name} = /* ]] || fail "$name=${!name} is not an absolute path: set it to one"
        for ((i = 0; i < ${#refused}; i++)); do
            character=${refused:i:1}
            [[ ${!name} != *"$character"* ]] \
                || fail "$name=${!name} has a character ('$character') that the lab's programs cannot have in a path: set $name to a folder with letters, digits and . _ - + @ ~ = alone"
        done
    done
}

check_line_ends() {
    local file
    file=$(grep -rlI -m 1 $'\r$' "$LAB_HOME" 2>/dev/null | head -n 1)
    [ -z "$file" ] || fail "$file has Windows' line ends, with which the lab does not work: clone with git config core.autocrlf input, or run git rm -rq --cached . && git reset --hard here"
}

check_kernel() {
    unshare --net --mount --pid --fork true 2>/dev/null \
        || fail "this kernel or container refuses new namespaces (unshare): run on a machine of your own or in a privileged container, or $USE_OWN_CLUSTER"
    grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null \
        || fail "this kernel has no overlayfs, which containers need: load the module 'overlay', or $USE_OWN_CLUSTER"
    if command -v ip >/dev/null; then
        unshare --net sh -c 'ip link add name veth0 type veth peer name veth1 && ip link add name bridge0 type bridge' 2>/dev/null \
            || fail "this kernel cannot make veth or bridge interfaces: load the modules 'veth' and 'bridge', or $USE_OWN_CLUSTER"
    fi
    if command -v nft >/dev/null; then
        unshare --net nft add table ip probe 2>/dev/null \
            || fail "this kernel has no nftables, which Services need: load the module 'nf_tables', or $USE_OWN_CLUSTER"
    fi
}

# The folder, or the nearest above it that is there.
nearest_folder() {
    local folder=$1
    until [ -d "$folder" ]; do
        folder=${folder%/*}
        folder=${folder:-/}
    done
    echo "$folder"
}

# Containers' layers are overlays whose upper folder lies in the lab's state, which not every file system can be.
check_overlay() {
    local try
    try=$(mktemp -d "$(nearest_folder "$LAB_STATE")/.lab-overlay-XXXXXX") || fail "LAB_STATE=$LAB_STATE cannot be written: set it to a folder that can"
    mkdir "$try/lower" "$try/upper" "$try/work" "$try/merged"
    unshare --mount mount -t overlay overlay -o "lowerdir=$try/lower,upperdir=$try/upper,workdir=$try/work" "$try/merged" 2>/dev/null
    local answer=$?
    rm -rf "$try"
    [ $answer -eq 0 ] || fail "the file system of LAB_STATE=$LAB_STATE ($(stat -f -c %T "$(nearest_folder "$LAB_STATE")")) takes no container's layers: set LAB_STATE to a volume, or to a folder on a disk of this machine"
}

check_state_disk() {
    local free
    free=$(df -Pk "$(nearest_folder "$LAB_STATE")" | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$free" -ge 1500 ] || fail "a running lab needs 1.5 GB and LAB_STATE=$LAB_STATE has $free MB free: free some, or set LAB_STATE to a folder on a larger disk"
}

# A lab takes some forty of them, and kubelet, started without, exits.
check_inotify() {
    local limit used
    limit=$(inotify_limit instances)
    used=$(inotify_instances)
    [ -z "$limit" ] || [ $((limit - used)) -ge 64 ] \
        || fail "only $limit inotify instances are allowed here, $used of them in use, and a lab needs 64 more: sysctl -w fs.inotify.max_user_instances=$((used + 512))"
    limit=$(inotify_limit watches)
    [ -z "$limit" ] || [ "$limit" -ge 8192 ] \
        || fail "only $limit inotify watches are allowed here, and a lab needs 8192: sysctl -w fs.inotify.max_user_watches=65536"
}

# Of whose packages the base image is made. Derivatives name themselves first, and what they derive from beside it.
distribution_codename() {
    local UBUNTU_CODENAME='' DEBIAN_CODENAME='' VERSION_CODENAME=''
    # shellcheck source=/dev/null
    . <(os_release)
    echo "${UBUNTU_CODENAME:-${DEBIAN_CODENAME:-$VERSION_CODENAME}}"
}

check_distribution() {
    [ -e "$(base_layer)" ] || [ -n "$(distribution_codename)" ] \
        || fail "this distribution does not say in /etc/os-release which release of Debian or Ubuntu it is, of whose packages the lab's image is made: run on Debian or Ubuntu, or $USE_OWN_CLUSTER"
}

# Version 1 mounts a hierarchy a controller, version 2 has one for all.
cgroup_hierarchies() { mounts | awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }'; }

check_cgroups() {
    local hierarchy missing controller found=
    while IFS= read -r hierarchy; do
        found=1
        # A lab that runs has it; mkdir says whether another could.
        [ -d "$hierarchy/$LAB_NAME" ] || { mkdir "$hierarchy/$LAB_NAME" 2>/dev/null && rmdir "$hierarchy/$LAB_NAME"; } \
            || fail "no cgroup can be made in $hierarchy (it is read-only, as in a container without privileges): run on the host or in a privileged container, or $USE_OWN_CLUSTER"
        # In the root of a machine's hierarchy processes and groups live side by side; in a container's they cannot.
        if [ -e "$hierarchy/cgroup.type" ] && [ -s "$hierarchy/cgroup.procs" ]; then
            missing=
            for controller in cpu memory pids; do
                grep -qw "$controller" "$hierarchy/cgroup.subtree_control" || missing="$missing $controller"
            done
            [ -z "$missing" ] || fail "this container's processes stand in the root of its cgroups, which keeps$missing from the lab's: start the container with --cgroupns=host, or run on the host"
        fi
    done < <(cgroup_hierarchies)
    [ -n "$found" ] || fail "no cgroup hierarchy is mounted under /sys/fs/cgroup: mount one, or $USE_OWN_CLUSTER"
}

# go, where people have it and sudo's PATH has not.
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

# The newest Go that a component's module asks for.
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
    ! at_least "${have:-0}" "$want" || return 0
    at_least "${have:-0}" 1.21 \
        || fail "Go ${have:-of this machine} is too old, and too old to fetch a newer one by itself: install Go $want or later from https://go.dev/dl (a distribution's package golang-go is often older), or $USE_OWN_CLUSTER"
    chosen=${GOTOOLCHAIN:-auto}
    case $chosen in
        auto | *+auto) return 0 ;;
    esac
    fail "Go $have is older than the $want that the components need, and GOTOOLCHAIN=$chosen in the environment keeps it from being fetched: export GOTOOLCHAIN=auto"
}

# shellcheck disable=SC2034 # announce tells them
# What a build takes in GB, from nothing: downloads, Go's own caches on the way, and what is kept.
LAB_DOWNLOAD_GB=1
LAB_BUILD_DISK_GB=10
LAB_KEPT_DISK_GB=1

free_gb() { df -Pk "$(nearest_folder "$1")" | awk 'NR == 2 { print int($4 / 1048576) }'; }

check_build_disk() {
    local free
    free=$(free_gb "$LAB_CACHE")
    [ "$free" -ge "$LAB_BUILD_DISK_GB" ] || fail "building the components needs $LAB_BUILD_DISK_GB GB free on the way ($LAB_KEPT_DISK_GB GB kept) and LAB_CACHE=$LAB_CACHE has $free GB: free some, or set LAB_CACHE to a folder on a larger disk"
}

check_apt() {
    local missing
    missing=$(missing_packages)
    [ -z "$missing" ] || command -v apt-get >/dev/null \
        || fail "these programs are missing, and there is no apt-get to install them with: $missing. Install them, or $USE_OWN_CLUSTER"
}

check_build() {
    [ -n "$(components_to_build)" ] || return 0
    check_go
    check_build_disk
}

# Neither is in the lab's way, and it touches neither; who sees two of a kind should know whose is whose.
name_neighbours() {
    { [ ! -S /run/docker.sock ] && [ ! -S /run/containerd/containerd.sock ]; } \
        || say "Docker or containerd runs on this machine too: the lab has its own, in namespaces of its own, and leaves that one alone"
    ! ss -Hltn 'sport = :10250' 2>/dev/null | grep -q . \
        || say "a kubelet runs on this machine too (port 10250): the lab has its own, in namespaces of its own, and leaves that one alone"
}

# All of them side by side, and all that is wrong is told: nobody has to come back for the next.
check_host() {
    local checks=(paths line_ends kernel cgroups overlay state_disk inotify distribution apt interface range names build)
    local check answers wrong=0
    answers=$(mktemp -d)
    for check in "${checks[@]}"; do ("check_$check") >"$answers/$check" 2>&1 9>&- || : >"$answers/$check.wrong" & done
    wait
    for check in "${checks[@]}"; do
        [ ! -e "$answers/$check.wrong" ] || { cat "$answers/$check" >&2; wrong=1; }
    done
    rm -rf "$answers"
    [ $wrong = 0 ] || exit 1
}

make_cgroups() {
    local hierarchy file
    for hierarchy in $(cgroup_hierarchies); do
        hand_on_controllers "$hierarchy"
        mkdir -p "$hierarchy/$LAB_NAME" 2>/dev/null || continue
        # cpuset on version 1 starts empty, and an empty one takes no process.
        for file in cpuset.cpus cpuset.mems; do
            [ ! -e "$hierarchy/$file" ] || cat "$hierarchy/$file" >"$hierarchy/$LAB_NAME/$file" 2>/dev/null
        done
        hand_on_controllers "$hierarchy/$LAB_NAME"
    done
    return 0
}

hand_on_controllers() {
    local controller controllers
    [ -e "$1/cgroup.subtree_control" ] || return 0
    read -ra controllers <"$1/cgroup.controllers"
    for controller in "${controllers[@]}"; do echo "+$controller" >"$1/cgroup.subtree_control" 2>/dev/null; done
}

remove_cgroups() {
    local hierarchy
    for hierarchy in $(cgroup_hierarchies); do
        [ ! -d "$hierarchy/$LAB_NAME" ] || find "$hierarchy/$LAB_NAME" -depth -type d -exec rmdir {} + 2>/dev/null
    done
    return 0
}
