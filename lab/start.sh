# Starts the lab. Sourced by the launcher.

# What identifies the lab's first process beyond its number, which the kernel uses again.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# Number of the lab's first process, as the host sees it; fails when there is none.
lab_pid() {
    local pid since
    read -r pid since 2>/dev/null <"$LAB_STATE/pid" || return 1
    [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ] && echo "$pid"
}

in_lab() { nsenter -t "$(lab_pid)" -n -m -p "$@"; }

render() {
    sed -e "s|@STATE@|$LAB_STATE|g; s|@NAME@|$LAB_NAME|g; s|@NODE_IP@|$LAB_NODE_IP|g" \
        -e "s|@POD_CIDR@|$LAB_POD_CIDR|g; s|@SERVICE_CIDR@|$LAB_SERVICE_CIDR|g" \
        -e "s|@KUBERNETES_VERSION@|$(component_version kubernetes)|g; s|@PATH@|$PATH|g" "$1"
}

programs() { sed -n 's/^\[program:\(.*\)\]$/\1/p' "$LAB_HOME/config/supervisord.conf"; }

write_configuration() {
    local file
    mkdir -p "$LAB_STATE"
    : >"$LAB_STATE/is-a-lab"
    mkdir -p "$LAB_STATE"/{run,logs,config,home,tmp,bin,kube,cni,pod-logs,images,containerd/certs.d/ghcr.io,argocd/tls,argocd/ssh,argocd/plugins,argocd/gpg/keys,argocd/gpg/source}
    for file in audit.yaml kubeadm.yaml kubelet.yaml containerd.toml kube-proxy.yaml Corefile registry.yaml; do
        render "$LAB_HOME/config/$file" >"$LAB_STATE/config/$file"
    done
    render "$LAB_HOME/config/cni.conflist" >"$LAB_STATE/cni/10-lab.conflist"
    render "$LAB_HOME/config/hosts.toml" >"$LAB_STATE/containerd/certs.d/ghcr.io/hosts.toml"
    # The supervisor has no defaults for its programs.
    render "$LAB_HOME/config/supervisord.conf" | awk -v logs="$LAB_STATE/logs" '{ print }
        /^\[program:/ { name = $0; gsub(/^\[program:|\]$/, "", name)
            print "startsecs=1\nstartretries=1000\nautorestart=true\nredirect_stderr=true"
            print "stdout_logfile=" logs "/" name ".log\nstdout_logfile_maxbytes=20MB\nstdout_logfile_backups=1" }' \
        >"$LAB_STATE/config/supervisord.conf"
    printf 'nameserver %s\nsearch svc.cluster.local cluster.local\noptions ndots:2\n' "$LAB_NODE_IP" >"$LAB_STATE/resolv.conf"
    # The package redis-tools has the server under the name of another tool; the package redis-server
    # would start a service on this machine.
    ln -sf "$(command -v redis-check-rdb)" "$LAB_STATE/bin/redis-server"
    : >"$LAB_STATE/argocd/ssh/ssh_known_hosts"
}

make_pki() {
    local config=$LAB_STATE/config/kubeadm.yaml pki=$LAB_STATE/pki
    kubeadm init phase certs all --config "$config" \
        && kubeadm init phase kubeconfig all --config "$config" --kubeconfig-dir "$LAB_STATE/kube" \
        && kubeadm kubeconfig user --config "$config" --client-name system:kube-proxy >"$LAB_STATE/kube/kube-proxy.conf" \
        && sed 's/^    user: kubernetes-super-admin$/&\n    namespace: argocd/' "$LAB_STATE/kube/super-admin.conf" >"$LAB_STATE/kube/argocd.conf" \
        && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=argocd-server \
            -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -keyout "$pki/argocd-server.key" -out "$pki/argocd-server.crt" \
            -addext "subjectAltName=IP:$LAB_NODE_IP,IP:127.0.0.1,DNS:localhost,DNS:argocd-server.argocd.svc.cluster.local" \
            -addext 'basicConstraints=critical,CA:FALSE' -addext 'extendedKeyUsage=serverAuth'
}

# eventually WHAT COMMAND...: until it succeeds, while the lab lives, LAB_START_TIMEOUT at most.
eventually() {
    local what=$1
    shift
    until "$@" >/dev/null 2>&1; do
        lab_pid >/dev/null || fail "the lab ended while waiting for $what; its last words: $(tail -n 3 "$LAB_STATE/logs/supervisord.log" 2>/dev/null)"
        [ $SECONDS -lt "$LAB_DEADLINE" ] || fail "$what did not come within $LAB_START_TIMEOUT s. What the components wrote is in $LAB_STATE/logs; 'lab down' ends this start"
        sleep 0.2
    done
}

# start_programs NAME...: as supervisorctl does, but without waiting a second for each.
start_programs() {
    local name
    for name in "$@"; do
        curl -fsS --max-time 10 -o /dev/null --unix-socket "$LAB_STATE/run/supervisor.sock" -H 'Content-Type: text/xml' http://lab/RPC2 \
            -d "<methodCall><methodName>supervisor.startProcess</methodName><params><param><value><string>$name</string></value></param><param><value><boolean>0</boolean></value></param></params></methodCall>" \
            || return 1
    done
}

supervisor() { in_lab supervisorctl -c "$LAB_STATE/config/supervisord.conf" "$@"; }

boot() {
    local unshare child
    rm -f "$LAB_STATE/run/connected"
    mkfifo "$LAB_STATE/run/connected"
    (
        # The lab outlives its caller, and must not hold on to what the caller has open: a lock, or the pipe of a log.
        for descriptor in /proc/self/fd/*; do
            [ "${descriptor##*/}" -le 2 ] || eval "exec ${descriptor##*/}>&-"
        done
        exec setsid unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private \
            "$LAB_HOME/node.sh" "$LAB_STATE" >"$LAB_STATE/logs/node.log" 2>&1 </dev/null
    ) &
    unshare=$!
    local tries=0
    until child=$(cat "/proc/$unshare/task/$unshare/children" 2>/dev/null) && [ -n "${child// /}" ]; do
        tries=$((tries + 1))
        [ $tries -lt 50 ] || fail "the lab's namespaces could not be made: $(cat "$LAB_STATE/logs/node.log")"
        sleep 0.1
    done
    child=${child// /}
    # Written before anything else is made, so that lab-down finds it whatever happens next.
    echo "$child $(started_at "$child")" >"$LAB_STATE/pid"
    connect "$child" || fail "the interface between this machine and the lab could not be made"
    echo yes >"$LAB_STATE/run/connected"
}

import_pause() {
    local archive
    archive=$(pause_archive)
    eventually containerd ctr -a "$LAB_STATE/run/containerd.sock" version
    ctr -a "$LAB_STATE/run/containerd.sock" -n k8s.io images import "$archive" >/dev/null
}

# lab/gitops as it is now becomes the head of the repository that Argo CD reads.
publish() {
    local repository=$LAB_STATE/gitops.git tree head commit
    export GIT_DIR=$repository GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
    export GIT_AUTHOR_NAME=lab GIT_AUTHOR_EMAIL=lab@localhost GIT_COMMITTER_NAME=lab GIT_COMMITTER_EMAIL=lab@localhost
    [ -d "$repository" ] || git init --quiet --bare --initial-branch=main "$repository"
    tree=$(GIT_WORK_TREE=$LAB_GITOPS GIT_INDEX_FILE=$repository/lab-index sh -c \
        'git --work-tree="$GIT_WORK_TREE" add --all --force . ":!**/__pycache__/**" && git write-tree') || return 1
    head=$(git rev-parse --quiet --verify main 2>/dev/null)
    if [ -z "$head" ] || [ "$(git rev-parse "main^{tree}")" != "$tree" ]; then
        commit=$(git commit-tree "$tree" ${head:+-p "$head"} -m 'Publish lab/gitops') && git update-ref refs/heads/main "$commit" || return 1
        [ -n "$head" ] && published_change=1
    fi
    unset GIT_DIR
}

apply() { kubectl apply --server-side --force-conflicts "$@"; }

# The objects that Argo CD, Argo Rollouts and Traefik expect, from the modules they were built from.
apply_platform() {
    local objects=(-f "$LAB_HOME/manifests/lab.yaml" -f "$(component_dir traefik)/manifests/crds.yml") config=() file pid
    for file in "$(component_dir argo-rollouts)"/manifests/crds/*-crd.yaml "$(component_dir argo-cd)"/manifests/crds/*-crd.yaml; do
        objects+=(-f "$file")
    done
    # Created, not applied, and not validated: a new cluster has none of them, and they are as released.
    kubectl create namespace argocd || return 1
    kubectl create --validate=false "${objects[@]}" 9>&- &
    pid=$!
    for file in "$(component_dir argo-cd)"/manifests/config/argocd-*.yaml; do config+=(-f "$file"); done
    kubectl create --validate=false -n argocd "${config[@]}" || return 1
    kubectl create secret tls argocd-server-tls -n argocd --cert "$LAB_STATE/pki/argocd-server.crt" --key "$LAB_STATE/pki/argocd-server.key" || return 1
    wait $pid
}

lab_up() {
    check_linux
    check_root
    mkdir -p "${LAB_STATE%/*}"
    exec 9>"$LAB_STATE.lock"
    if ! flock -n 9; then
        say "another start or stop is under way; waiting for it"
        flock -w 5400 9 || fail "it did not end; see whether a 'lab up' hangs"
    fi
    if lab_pid >/dev/null && [ -e "$LAB_STATE/ready" ]; then
        PATH=$(cat "$LAB_STATE/path"):$PATH
        republish
        say "running ($(lab_env | sed -n 's/^KUBECONFIG=/KUBECONFIG=/p'))"
        exec 9>&-
        return 0
    fi
    lab_packages
    check_kernel
    clear_lab
    check_interface
    check_range
    block_range
    lab_build 9>&-
    make_base_layer 9>&-
    check_state_disk
    start_lab
    exec 9>&-
}

start_lab() {
    local begun=$SECONDS images
    LAB_DEADLINE=$((SECONDS + LAB_START_TIMEOUT))
    PATH=$(lab_path):$PATH
    export KUBECONFIG=$LAB_STATE/kube/super-admin.conf
    # A start that fails leaves its logs, and nothing running.
    trap 'status=$?; [ -e "$LAB_STATE/ready" ] || end_lab; exit $status' EXIT
    trap 'exit 130' INT TERM
    write_configuration
    make_pki >"$LAB_STATE/logs/pki.log" 2>&1 || fail "the certificates could not be made: $(tail -n 2 "$LAB_STATE/logs/pki.log")"
    make_cgroups
    boot
    say "starting $(programs | wc -l) components"
    {
        import_pause || exit 1
        eventually "the registry" curl -fsS --max-time 2 "http://$LAB_NODE_IP:5000/v2/"
        publish && push_sample_api
    } >"$LAB_STATE/logs/images.log" 2>&1 9>&- &
    images=$!
    eventually "the API server" kubectl get --raw /readyz
    start_programs kube-controller-manager kube-scheduler kubelet kube-proxy coredns || fail "the supervisor does not answer"
    apply_platform >"$LAB_STATE/logs/platform.log" 2>&1 9>&- || fail "the platform's objects could not be applied: $(grep -i error "$LAB_STATE/logs/platform.log" | head -n 3)"
    start_programs argo-rollouts argocd-repo-server argocd-application-controller argocd-server traefik || fail "the supervisor does not answer"
    wait $images || fail "the images could not be pushed: $(tail -n 3 "$LAB_STATE/logs/images.log")"
    render "$LAB_HOME/manifests/application.yaml" | apply -f - >/dev/null || fail "the Application could not be applied"
    eventually "sample-api to be Synced and Healthy" sample_api_is_well
    eventually "every component to be ready" components_are_ready
    lab_path >"$LAB_STATE/path"
    date -u +%FT%TZ >"$LAB_STATE/ready"
    trap - EXIT INT TERM
    say "ready after $((SECONDS - begun)) s; 'make lab-shell' gives a shell, 'make lab-down' ends it"
}

sample_api_is_well() {
    [ "$(kubectl get application sample-api -n argocd -o jsonpath='{.status.sync.status}/{.status.health.status}')" = Synced/Healthy ]
}

# An edit of lab/gitops reaches a running lab.
republish() {
    export KUBECONFIG=$LAB_STATE/kube/super-admin.conf
    published_change=
    push_sample_api >/dev/null 2>&1
    publish || fail "lab/gitops could not be published"
    if [ -n "$published_change" ]; then
        kubectl annotate application sample-api -n argocd --overwrite argocd.argoproj.io/refresh=hard >/dev/null \
            || fail "Argo CD could not be told about the change of lab/gitops"
        say "lab/gitops changed: published"
        follow_publication
    fi
}

# The lab's own release follows what was published, promoted where it waits for a person: the lab is to be as task-8
# leaves it, synced and healthy. One that does not get there is for the run to tell.
follow_publication() {
    local head state promoted= deadline=$((SECONDS + 60))
    head=$(git --git-dir="$LAB_STATE/gitops.git" rev-parse main)
    while [ $SECONDS -lt $deadline ]; do
        state=$(kubectl --request-timeout 5s get application sample-api -n argocd \
            -o jsonpath='{.status.sync.revision}/{.status.sync.status}/{.status.health.status}')
        case $state in
            "$head/Synced/Healthy") return 0 ;;
            "$head/Synced/Suspended")
                [ -n "$promoted" ] || say "sample-api waits on preview: promoted"
                promoted=1
                kubectl argo rollouts promote sample-api -n sample-api >/dev/null 2>&1 ;;
        esac
        sleep 0.5
    done
    say "sample-api does not follow lab/gitops (it is $state): see make lab-status"
}
