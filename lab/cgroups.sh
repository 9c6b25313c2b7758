# shellcheck shell=bash
# The lab's control groups, and the groups that its caller is in. Sourced by the launcher.

mounts() { cat /proc/mounts; }
memberships() { cat /proc/self/cgroup; }
is_turned_off() { awk -v name="$1" '$1 == name && $4 == 0 { off = 1 } END { exit !off }' /proc/cgroups 2>/dev/null; }

# Version 1 mounts a hierarchy for each controller; version 2 mounts one for all.
cgroup_hierarchies() { mounts | awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }'; }

check_cgroups() {
    local hierarchy missing controller controllers found=
    while IFS= read -r hierarchy; do
        found=1
        # A running lab already has its group; if there is none, mkdir shows whether one can be made.
        [ -d "$hierarchy/$LAB_NAME" ] || { mkdir "$hierarchy/$LAB_NAME" 2>/dev/null && rmdir "$hierarchy/$LAB_NAME"; } \
            || fail "no cgroup can be made in $hierarchy (it is read-only, as in a container without privileges): run on the host or in a privileged container, or $USE_OWN_CLUSTER"
        # Processes and groups may be side by side in the root of a machine's hierarchy, but not in that of a container.
        if [ -e "$hierarchy/cgroup.type" ] && grep -q . "$hierarchy/cgroup.procs"; then
            missing=
            for controller in cpu memory pids; do
                ! grep -qw "$controller" "$hierarchy/cgroup.controllers" || grep -qw "$controller" "$hierarchy/cgroup.subtree_control" \
                    || missing="$missing $controller"
            done
            [ -z "$missing" ] || fail "this container's processes stand in the root of its cgroups, which keeps$missing from the lab's: start the container with --cgroupns=host, or run on the host"
        fi
    done < <(cgroup_hierarchies)
    [ -n "$found" ] || fail "no cgroup hierarchy is mounted under /sys/fs/cgroup: mount one, or $USE_OWN_CLUSTER"
    controllers=" $(controllers_here | tr '\n' ' ') "
    for controller in cpu cpuset memory pids; do
        [[ $controllers != *" $controller "* ]] || continue
        ! is_turned_off "$controller" \
            || fail "this kernel's cgroups have the controller '$controller' turned off, which kubelet needs: add cgroup_enable=$controller to the kernel's command line and restart the machine, or $USE_OWN_CLUSTER"
        fail "no cgroup hierarchy that is mounted here has the controller '$controller', which kubelet needs: start the container with --privileged --cgroupns=host, or mount the hierarchy that has it"
    done
}

controllers_here() {
    mounts | awk '$3 == "cgroup" { gsub(",", "\n", $4); print $4 }'
    mounts | awk '$3 == "cgroup2" { print $2 "/cgroup.controllers" }' | xargs -r cat 2>/dev/null | tr ' ' '\n'
}

# Prints, for each hierarchy, its mount point and the group that this process is in.
own_cgroups() {
    { memberships; mounts; } | awk '
        /^[0-9]+:/ { controllers = $0; sub(/^[0-9]+:/, "", controllers); path = controllers
                     sub(/:.*/, "", controllers); sub(/^[^:]*:/, "", path); of[controllers] = path == "/" ? "" : path; next }
        $3 == "cgroup2" { print $2, $2 of[""] }
        $3 == "cgroup" { for (one in of) if (one != "" && index("," $4 ",", "," one ",")) print $2, $2 of[one] }'
}

# own_limit FILE...: the lowest limit of this process's group and its parents; nothing if there is none.
own_limit() {
    local hierarchy folder file
    while read -r hierarchy folder; do
        while :; do
            for file in "$@"; do [ ! -r "$folder/$file" ] || cat "$folder/$file"; done
            [ ${#folder} -gt ${#hierarchy} ] || break
            folder=${folder%/*}
        done
    done < <(own_cgroups) | grep -x '[0-9]*' | sort -n | head -n 1
}

# The group of a container, a service or a session: the lab's programs stay in it, while its pods are in the lab's
# group.
check_own_cgroup() {
    local limit
    limit=$(own_limit memory.max memory.limit_in_bytes)
    [ -z "$limit" ] || [ $((limit / 1048576)) -ge "$LAB_MEMORY_MB" ] \
        || fail "the container or session that this runs in may have $((limit / 1048576)) MB of memory, and a lab needs $LAB_MEMORY_MB: give it more (docker run --memory 6g), or run outside of it"
    limit=$(own_limit pids.max)
    [ -z "$limit" ] || [ "$limit" -ge "$LAB_TASKS" ] \
        || fail "the container or session that this runs in may have $limit tasks, and a lab needs $LAB_TASKS: give it more (docker run --pids-limit -1; systemd: TasksMax=infinity), or run outside of it"
}

make_cgroups() {
    local hierarchy file
    for hierarchy in $(cgroup_hierarchies); do
        hand_on_controllers "$hierarchy"
        mkdir -p "$hierarchy/$LAB_NAME" 2>/dev/null || continue
        # In version 1 a new cpuset is empty, and takes no process until it is filled.
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
