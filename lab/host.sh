# shellcheck shell=bash
# The requirements on the host: each check prints, in one line, the problem and what to do. None changes anything, and
# all run before anything is installed or built. Sourced by the launcher.

# Everything that is read from this machine, each in one place.
os_release() { cat /etc/os-release 2>/dev/null; }
now() { date +%s; }
memory_left_mb() { awk '/^(MemAvailable|SwapFree):/ { sum += $2 } END { print int(sum / 1024) }' /proc/meminfo; }
# Prints the lower of the limits of the machine and of a container's user namespace on instances or watches, and its
# name.
inotify_limit() {
    { echo "$(cat "/proc/sys/fs/inotify/max_user_$1") fs.inotify.max_user_$1"
      echo "$(cat "/proc/sys/user/max_inotify_$1") user.max_inotify_$1"; } 2>/dev/null | grep '^[0-9]' | sort -sn | head -n 1
}
# The limit is for each user.
inotify_instances() { find /proc/[0-9]*/fd -uid "$(id -u)" -lname anon_inode:inotify 2>/dev/null | wc -l; }
# inotify_opens COUNT: a container does not see the instances of others, so this tries to open some.
inotify_opens() { python3 -I -S -c "import ctypes; c = ctypes.CDLL(None); raise SystemExit(any(c.inotify_init() < 0 for _ in range($1)))"; }
hosts_file() { cat /etc/hosts 2>/dev/null; }

check_linux() {
    [ "$(uname -s)" = Linux ] || fail "the lab needs Linux (this is $(uname -s)): run it on a Linux machine, or $USE_OWN_CLUSTER"
}

# sudo -E alone keeps everything but PATH, which sudoers usually sets (secure_path).
check_root() {
    [ "$(id -u)" = 0 ] || fail "the lab makes namespaces, interfaces and cgroups and needs root: run the same command with sudo -E env \"PATH=\$PATH\" before it, or $USE_OWN_CLUSTER"
}

# Both paths become parts of command lines, of supervisor's configuration and of mount options.
check_paths() {
    local name character refused=$' \t\n%&|;:,"\'\\$`*?<>(){}[]#!' i longest=71
    for name in LAB_STATE LAB_CACHE; do
        [[ ${!name} = /* ]] || fail "$name=${!name} is not an absolute path: set it to one"
        for ((i = 0; i < ${#refused}; i++)); do
            character=${refused:i:1}
            [[ ${!name} != *"$character"* ]] \
                || fail "$name=${!name} has a character ('$character') that the lab's programs cannot have in a path: set $name to a folder with letters, digits and . _ - + @ ~ = alone"
        done
    done
    # The kernel allows 107 bytes for a socket's path, of which kubelet's device-plugins takes 36.
    [ ${#LAB_STATE} -le $longest ] || fail "LAB_STATE=$LAB_STATE is too long for the sockets in it: set LAB_STATE to a folder of $longest characters at most"
    [[ $LAB_CACHE/ != "$LAB_STATE"/* ]] || fail "LAB_CACHE=$LAB_CACHE is in LAB_STATE=$LAB_STATE, which lab-down removes: set LAB_CACHE to a folder outside of it"
}

check_line_ends() {
    local file
    file=$(grep -rlI -m 1 $'\r$' "$LAB_HOME" 2>/dev/null | head -n 1)
    [ -z "$file" ] || fail "$file has Windows' line ends, with which the lab does not work: remove them (grep -rlI \$'\\r\$' '$LAB_HOME' | xargs -d '\\n' sed -i 's/\\r\$//'), or clone again with git config --global core.autocrlf input"
}

check_kernel() {
    unshare --net --mount --pid --fork true 2>/dev/null \
        || fail "this kernel or container refuses new namespaces (unshare): run on a machine of your own or in a privileged container, or $USE_OWN_CLUSTER"
    # The lab's first process does the same.
    in_namespaces 'mount --bind /dev/null /etc/resolv.conf' \
        || fail "the lab lays its own name server over /etc/resolv.conf, which is not there (or leads nowhere): write one, or start what makes it, such as systemd-resolved"
    in_namespaces 'echo 1 >/proc/sys/net/ipv4/ip_forward' \
        || fail "this container cannot have its own network forward packets (/proc/sys/net/ipv4/ip_forward): start the container with --privileged, or run on the host"
    [ -w /run ] || fail "/run cannot be written here, and containers' sockets lie there: start the container with --tmpfs /run, or run on the host"
    [ -r /dev/kmsg ] || fail "kubelet reads /dev/kmsg, which is missing here: start the container with --privileged or --device /dev/kmsg, or run on the host"
    grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null \
        || fail "this kernel has no overlayfs, which containers need: load the module 'overlay', or $USE_OWN_CLUSTER"
    if command -v ip >/dev/null; then
        unshare --net sh -c 'ip link add name veth0 type veth peer name veth1 && ip link add name bridge0 type bridge' 2>/dev/null \
            || fail "this kernel cannot make veth or bridge interfaces: load the modules 'veth' and 'bridge', or $USE_OWN_CLUSTER"
    fi
    if command -v nft >/dev/null; then
        unshare --net nft add table ip probe 2>/dev/null \
            || fail "this kernel has no nftables, which Services need: load the module 'nf_tables', or $USE_OWN_CLUSTER"
        unshare --net nft -f - <<<"$LAB_SERVICE_RULES" 2>/dev/null \
            || fail "this kernel's nftables do not translate addresses, which Services need: load the modules nf_conntrack, nf_nat, nft_nat, nft_masq, nft_ct, nft_fib_ipv4, nft_numgen and nft_reject_ipv4, or $USE_OWN_CLUSTER"
    fi
}

in_namespaces() { unshare --net --mount --pid --fork --mount-proc --propagation private sh -c "mount --make-rshared / && $1" 2>/dev/null; }

# A table with a rule of each kind that kube-proxy writes.
LAB_SERVICE_RULES='table ip probe {
    map services { type ipv4_addr . inet_proto . inet_service : verdict; }
    chain backend { meta l4proto tcp dnat to 192.0.2.1:80; }
    chain prerouting { type nat hook prerouting priority -100; ip daddr . meta l4proto . th dport vmap @services
        numgen random mod 1 vmap { 0 : goto backend }; fib daddr type local mark set mark or 0x4000; }
    chain postrouting { type nat hook postrouting priority 100; mark and 0x4000 != 0 masquerade fully-random; }
    chain forward { type filter hook forward priority 0; ct state invalid drop; ct state new reject; }
}'

# Prints the folder, or its nearest parent that exists.
nearest_folder() {
    local folder=$1
    until [ -d "$folder" ]; do
        folder=${folder%/*}
        folder=${folder:-/}
    done
    echo "$folder"
}

# try_folder NAME: makes a temporary folder on the disk of that setting's folder.
try_folder() {
    mktemp -d "$(nearest_folder "${!1}")/.lab-try-XXXXXX" 2>/dev/null || fail "$1=${!1} cannot be written: set $1 to a folder that can"
}
file_system() { stat -f -c %T "$(nearest_folder "$1")"; }

# Containers use overlays whose upper folder is in the lab's state, which not every file system supports.
check_overlay() {
    local try answer
    unshare --mount true 2>/dev/null || return 0
    try=$(try_folder LAB_STATE) || exit 1
    mkdir "$try/lower" "$try/upper" "$try/work" "$try/merged"
    cp "$(type -P true)" "$try/lower/program"
    unshare --mount sh -c "mount -t overlay overlay -o 'lowerdir=$try/lower,upperdir=$try/upper,workdir=$try/work' '$try/merged' || exit 1
        '$try/merged/program' || exit 2" 2>/dev/null
    answer=$?
    rm -rf "$try"
    [ $answer -ne 2 ] || fail "no program can be run in LAB_STATE=$LAB_STATE (its file system is mounted noexec): set LAB_STATE to a folder where one can"
    [ $answer -eq 0 ] || fail "the file system of LAB_STATE=$LAB_STATE ($(file_system "$LAB_STATE")) takes no container's layers: set LAB_STATE to a volume, or to a folder on a disk of this machine"
}

check_state_disk() {
    local free
    free=$(df -Pk "$(nearest_folder "$LAB_STATE")" | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$free" -ge 1500 ] || fail "a running lab needs 1.5 GB and LAB_STATE=$LAB_STATE has $free MB free: free some, or set LAB_STATE to a folder on a larger disk"
}

# A lab needs some forty of them, and kubelet exits if it gets none.
check_inotify() {
    local limit name used
    read -r limit name < <(inotify_limit instances)
    used=$(inotify_instances)
    if command -v python3 >/dev/null; then inotify_opens 64; else [ -z "$limit" ] || [ $((limit - used)) -ge 64 ]; fi \
        || fail "only ${limit:-few} inotify instances are allowed here, $used of them in use, and a lab needs 64 more: sysctl -w ${name:-fs.inotify.max_user_instances}=$((used + 512))"
    read -r limit name < <(inotify_limit watches)
    [ -z "$limit" ] || [ "$limit" -ge 8192 ] \
        || fail "only $limit inotify watches are allowed here, and a lab needs 8192: sysctl -w $name=65536"
}

# Memory in MB of a lab that has just started, and the threads of its programs and of its pods' shims.
LAB_MEMORY_MB=2500
# shellcheck disable=SC2034 # the control groups' check reads it
LAB_TASKS=1000

check_memory() {
    local left
    left=$(memory_left_mb)
    [ "$left" -ge "$LAB_MEMORY_MB" ] || fail "a running lab needs $LAB_MEMORY_MB MB of memory and $left MB are left here: end what takes it, or run on a larger machine"
}

# Limits that the lab's programs inherit from the calling shell; they raise the soft ones themselves.
check_limits() {
    [ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge 4096 ] \
        || fail "a program may open only $(ulimit -Hn) files here, and those of a lab need 4096: run ulimit -Hn 65536 before it (docker run --ulimit nofile=65536)"
    [ "$(ulimit -f)" = unlimited ] || fail "a file may have only $(ulimit -f) KB here, which cuts off the lab's: run ulimit -f unlimited before it"
    [ "$(ulimit -v)" = unlimited ] || fail "a program may have only $(ulimit -v) KB of addresses here, which Go's do not start with: run ulimit -v unlimited before it"
}

# On a clock that has lost its battery, no certificate of a module proxy is valid yet.
check_clock() {
    [ "$(now)" -ge 1767225600 ] || fail "this machine's clock says $(date +%F), which is before the lab's components were released: set it (timedatectl set-ntp true, or date -s)"
}

# The distribution whose packages the base image is made of. Derivatives give their own name first, and their origin
# next to it.
distribution_codename() {
    local UBUNTU_CODENAME='' DEBIAN_CODENAME='' VERSION_CODENAME='' ID='' ID_LIKE='' codename
    # shellcheck source=/dev/null
    . <(os_release)
    codename=${UBUNTU_CODENAME:-$DEBIAN_CODENAME}
    # Other distributions also have codenames.
    [[ " $ID $ID_LIKE " != *" debian "* && " $ID $ID_LIKE " != *" ubuntu "* ]] || codename=${codename:-$VERSION_CODENAME}
    echo "$codename"
}

check_distribution() {
    [ -e "$(base_layer)" ] || [ -n "$(distribution_codename)" ] \
        || fail "this distribution does not say in /etc/os-release which release of Debian or Ubuntu it is, of whose packages the lab's image is made: run on Debian or Ubuntu, or $USE_OWN_CLUSTER"
}

check_apt() {
    local missing
    missing=$(missing_packages)
    [ -z "$missing" ] || command -v apt-get >/dev/null \
        || fail "these programs are missing, and this machine has no apt-get: ${missing% }. Install them, or $USE_OWN_CLUSTER"
}

# The lab and these programs leave each other alone; a user who sees two of a kind should know which is whose.
name_neighbours() {
    { [ ! -S /run/docker.sock ] && [ ! -S /run/containerd/containerd.sock ]; } \
        || say "Docker or containerd runs on this machine too: the lab has its own, in namespaces of its own, and leaves that one alone"
    ! ss -Hltn 'sport = :10250' 2>/dev/null | grep -q . \
        || say "a kubelet runs on this machine too (port 10250): the lab has its own, in namespaces of its own, and leaves that one alone"
    local proxy
    proxy=$(proxies | head -n 1)
    [ -z "$proxy" ] || say "a proxy is set in the environment ($proxy): downloads go through it, and what is for the lab does not"
}

# Runs all checks in parallel and prints every problem, so that nobody has to come back for the next one.
check_host() {
    local checks=(paths line_ends kernel cgroups own_cgroup overlay state_disk inotify memory limits clock distribution apt
        interface range names proxies build)
    local check answers wrong=0
    answers=$(mktemp -d 2>/dev/null) || fail "TMPDIR=${TMPDIR:-/tmp} cannot be written: set TMPDIR to a folder that can"
    for check in "${checks[@]}"; do ("check_$check") >"$answers/$check" 2>&1 9>&- || : >"$answers/$check.wrong" & done
    wait
    for check in "${checks[@]}"; do
        [ ! -e "$answers/$check.wrong" ] || { cat "$answers/$check" >&2; wrong=1; }
    done
    rm -rf "$answers"
    [ $wrong = 0 ] || exit 1
}
