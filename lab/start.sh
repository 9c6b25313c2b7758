# shellcheck shell=bash
# Starts the lab. Sourced by the launcher.

# Identifies the lab's first process besides its number, which the kernel may assign again: its start time.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# Prints the number of the lab's first process, as the host sees it; fails if there is none.
lab_pid() {
    local pid since
    read -r pid since 2>/dev/null <"$LAB_STATE/pid" || return 1
    [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ] && echo "$pid"
}

in_lab() { nsenter -t "$(lab_pid)" -n -m -p "$@"; }

# render COMPONENT: copies its text from stdin, with the names of the lab's own objects filled in. A version and the path
# take some fifty processes, so they are found only for a text that has them.
render() {
    local text version='' path=''
    text=$(cat; echo .)
    text=${text%.}
    [[ $text != *@VERSION@* ]] || version=$(component_version "$1")
    [[ $text != *@PATH@* ]] || path=$(lab_path)
    # Quoted, because an & in a replacement would stand for the replaced text.
    text=${text//@STATE@/"$LAB_STATE"}
    text=${text//@NAME@/"$LAB_NAME"}
    text=${text//@NODE_IP@/"$LAB_NODE_IP"}
    text=${text//@POD_CIDR@/"$LAB_POD_CIDR"}
    text=${text//@SERVICE_CIDR@/"$LAB_SERVICE_CIDR"}
    text=${text//@VERSION@/"$version"}
    printf '%s' "${text//@PATH@/"$path"}"
}

# Prints a program's stanza. Supervisor has no defaults for programs, and gives % a meaning of its own.
stanza() {
    local section=program:$1 key environment
    echo "[$section]"
    environment=${CONF[${CONF[$section.component]}.environment]-}
    environment=${environment:+$environment,}${CONF[$section.environment]-}
    [ -z "$environment" ] || echo "environment=${environment%,}"
    for key in command priority; do [ -z "${CONF[$section.$key]-}" ] || echo "$key=${CONF[$section.$key]}"; done
    if [ "${CONF[$section.stage]}" = boot ]; then echo autostart=true; else echo autostart=false; fi
    cat <<STANZA
startsecs=1
startretries=1000
autorestart=true
redirect_stderr=true
stdout_logfile=@STATE@/logs/$1.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=1
STANZA
}

write_configuration() {
    local name file folder target
    mkdir -p "$LAB_STATE"
    : >"$LAB_STATE/is-a-lab"
    mkdir -p "$LAB_STATE"/{run,logs,config,home,tmp,bin,kube,pod-logs,images}
    for name in "${COMPONENTS[@]}"; do
        for folder in ${CONF[$name.folders]-}; do mkdir -p "$LAB_STATE/$folder"; done
        while IFS= read -r file; do
            case $file in
                */components/"$name"/objects/*) target=$LAB_STATE/objects/$name/${file##*/} ;;
                *) target=$LAB_STATE/${file#"$LAB_HOME/components/$name/state/"} ;;
            esac
            mkdir -p "${target%/*}"
            render "$name" <"$file" >"$target"
        done < <(find "$LAB_HOME/components/$name/state" "$LAB_HOME/components/$name/objects" -type f 2>/dev/null)
    done
    {
        cat "$LAB_HOME/supervisord.conf"
        # shellcheck disable=SC2153 # it is read from the components' folders
        for name in "${PROGRAMS[@]}"; do echo; stanza "$name"; done
    } | render "" | sed 's/%/%%/g' >"$LAB_STATE/config/supervisord.conf"
    printf 'nameserver %s\nsearch svc.cluster.local cluster.local\noptions ndots:2\n' "$LAB_NODE_IP" >"$LAB_STATE/resolv.conf"
}

# lab_certificate NAME SUBJECT-ALTERNATIVE-NAMES: makes a certificate in the lab's pki folder, signed by its authority.
lab_certificate() {
    local pki=$LAB_STATE/pki
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=$1" \
        -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -keyout "$pki/$1.key" -out "$pki/$1.crt" -addext "subjectAltName=$2" \
        -addext 'basicConstraints=critical,CA:FALSE' -addext 'extendedKeyUsage=serverAuth'
}

# eventually WHAT COMMAND...: repeats it until it succeeds, while the lab lives, for LAB_START_TIMEOUT at most.
eventually() {
    local what=$1
    shift
    until "$@" >/dev/null 2>&1; do
        lab_pid >/dev/null || fail "the lab ended while waiting for $what; its last words: $(tail -n 3 "$LAB_STATE/logs/supervisord.log" 2>/dev/null)"
        [ $SECONDS -lt "$LAB_DEADLINE" ] || fail "$what did not come within $LAB_START_TIMEOUT s$(what_is_wrong). What the components wrote is in $LAB_STATE/logs; 'lab down' ends this start"
        sleep 0.2
    done
}

# start_programs NAME...: does the same as supervisorctl, but without waiting a second for each.
start_programs() {
    local name
    for name in "$@"; do
        curl -fsS --max-time 10 -o /dev/null --unix-socket "$LAB_STATE/run/supervisor.sock" -H 'Content-Type: text/xml' http://lab/RPC2 \
            -d "<methodCall><methodName>supervisor.startProcess</methodName><params><param><value><string>$name</string></value></param><param><value><boolean>0</boolean></value></param></params></methodCall>" \
            || return 1
    done
}

# first_process UNSHARE: prints its child that is in a network of its own. Before that exists there may be other
# children, since the shell that becomes unshare runs programs too.
first_process() {
    local child children=() network own
    own=$(readlink /proc/self/ns/net)
    read -ra children 2>/dev/null <"/proc/$1/task/$1/children"
    for child in "${children[@]}"; do
        network=$(readlink "/proc/$child/ns/net" 2>/dev/null)
        if [ -n "$network" ] && [ "$network" != "$own" ]; then echo "$child"; return; fi
    done
    return 1
}

supervisor() { in_lab supervisorctl -c "$LAB_STATE/config/supervisord.conf" "$@"; }

boot() {
    local unshare child path
    # Evaluated here, because the first child of the subshell below is taken for the lab's first process.
    path=$(lab_path)
    rm -f "$LAB_STATE/run/connected"
    mkfifo "$LAB_STATE/run/connected"
    (
        # The lab outlives its caller, so it must not keep open the caller's files, such as a lock or the pipe of a log.
        for descriptor in /proc/self/fd/*; do
            [ "${descriptor##*/}" -le 2 ] || eval "exec ${descriptor##*/}>&-"
        done
        # The caller's environment does not reach it: no proxy, no credentials, no settings for another Argo CD.
        exec env -i PATH="$path" setsid unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private \
            "$LAB_HOME/node.sh" "$LAB_STATE" >"$LAB_STATE/logs/node.log" 2>&1 </dev/null
    ) &
    unshare=$!
    local tries=0
    until child=$(first_process "$unshare"); do
        tries=$((tries + 1))
        [ $tries -lt 50 ] || fail "the lab's namespaces could not be made: $(cat "$LAB_STATE/logs/node.log")"
        sleep 0.1
    done
    # Written before anything else is made, so that lab-down finds the process whatever happens next.
    echo "$child $(started_at "$child")" >"$LAB_STATE/pid"
    connect "$child" || fail "the interface between this machine and the lab could not be made"
    echo yes >"$LAB_STATE/run/connected"
}

# Publishes lab/gitops as it is now as the head of the repository that Argo CD reads.
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

lab_up() {
    check_linux
    check_root
    check_paths
    take_lock
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
    require_own_state
    end_lab
    name_neighbours
    check_host
    announce
    if [ -n "$(missing_packages)" ]; then
        lab_packages
        check_host
    fi
    clear_lab
    block_range
    lab_build 9>&-
    make_base_layer 9>&-
    start_lab
    exec 9>&-
}

start_lab() {
    local begun=$SECONDS images gateway name
    LAB_DEADLINE=$((SECONDS + LAB_START_TIMEOUT))
    remember_component_dirs
    PATH=$(lab_path):$PATH
    export KUBECONFIG=$LAB_STATE/kube/super-admin.conf
    # A start that fails leaves only its logs behind.
    # shellcheck disable=SC2154 # set in the trap
    trap 'ended_with=$?; [ -e "$LAB_STATE/ready" ] || end_lab; exit $ended_with' EXIT
    trap 'exit 130' INT TERM HUP QUIT
    write_configuration
    { every_hook on_configured && every_hook on_certified; } >"$LAB_STATE/logs/pki.log" 2>&1 \
        || fail "the certificates could not be made: $(tail -n 2 "$LAB_STATE/logs/pki.log")"
    make_cgroups
    boot
    stage "starting ${#PROGRAMS[@]} programs"
    {
        every_hook on_booted || exit 1
        eventually "the registry" curl -fsS --max-time 2 "http://$LAB_NODE_IP:5000/v2/"
        publish && push_sample_api
    } >"$LAB_STATE/logs/images.log" 2>&1 9>&- &
    images=$!
    trim_definitions || fail "the definitions of kinds could not be copied"
    eventually "the API server" curl -fsS --max-time 2 --cacert "$LAB_STATE/pki/ca.crt" "https://$LAB_NODE_IP:6443/readyz"
    stage "the API server answers"
    start_stage cluster
    create_all_objects >"$LAB_STATE/logs/platform.log" 2>&1 9>&- || fail "the platform's objects could not be made: $(grep -i error "$LAB_STATE/logs/platform.log" | head -n 3)"
    eventually "the platform's kinds" kinds_are_served
    start_stage platform
    every_hook on_platform >"$LAB_STATE/logs/gateway.log" 2>&1 9>&- &
    gateway=$!
    stage "the platform's objects are made, its programs started"
    wait $images || fail "the images could not be pushed: $(tail -n 3 "$LAB_STATE/logs/images.log")"
    deploy_sample_api || fail "the Application could not be applied"
    eventually "sample-api to be Synced and Healthy" sample_api_is_well
    stage "sample-api is synced and healthy"
    wait $gateway || fail "the gateway's objects could not be made: $(tail -n 3 "$LAB_STATE/logs/gateway.log")"
    eventually "every component to be ready" components_are_ready
    lab_path >"$LAB_STATE/path"
    for name in "${COMPONENTS[@]}"; do echo "$name $(component_version "$name")"; done >"$LAB_STATE/versions"
    date -u +%FT%TZ >"$LAB_STATE/ready"
    trap - EXIT INT TERM HUP QUIT
    say "ready, $((SECONDS - begun)) s after the start; 'make lab-shell' gives a shell, 'make lab-down' ends it"
}

start_stage() {
    local programs
    mapfile -t programs < <(programs_of_stage "$1")
    start_programs "${programs[@]}" || fail "the supervisor does not answer"
}

# Prints the values for LAB_ROUTER in the Application of the lab's own release; nothing if the chart's are the same.
router_values() {
    case $LAB_ROUTER in
        nginx) echo 'helm: {valuesObject: {rollouts: {router: nginx}}}' ;;
        none) echo 'helm: {valuesObject: {rollouts: {router: none}, replicas: 5}}' ;;
    esac
}

deploy_sample_api() {
    local application
    application=$(render "" <"$LAB_HOME/manifests/application.yaml") || return 1
    apply -f - <<<"${application//@HELM@/$(router_values)}" >/dev/null && echo "$LAB_ROUTER" >"$LAB_STATE/router"
}

# sample_api_is FIELD VALUE: waits for the Application's field by a watch, for five seconds. Asking again and again would
# take a quarter of a core from what is starting.
sample_api_is() { kubectl wait application sample-api -n argocd --timeout 5s --for "jsonpath={.status.$1}=$2"; }

sample_api_is_well() {
    sample_api_is sync.status Synced && sample_api_is health.status Healthy \
        && [ "$(kubectl get application sample-api -n argocd -o jsonpath='{.status.sync.status}/{.status.health.status}')" = Synced/Healthy ]
}

# Publishes an edit of lab/gitops to a running lab.
republish() {
    export KUBECONFIG=$LAB_STATE/kube/super-admin.conf
    published_change=
    push_sample_api >/dev/null 2>&1
    publish || fail "lab/gitops could not be published"
    if [ "$(cat "$LAB_STATE/router" 2>/dev/null)" != "$LAB_ROUTER" ]; then
        deploy_sample_api || fail "the Application could not be applied"
        say "the lab's release is routed by $LAB_ROUTER from now on"
        [ -n "$published_change" ] || follow_publication
    fi
    if [ -n "$published_change" ]; then
        kubectl annotate application sample-api -n argocd --overwrite argocd.argoproj.io/refresh=hard >/dev/null \
            || fail "Argo CD could not be notified of the change of lab/gitops"
        say "lab/gitops changed: published"
        follow_publication
    fi
}

# Makes the lab's own release follow what was published, and promotes it where it waits for a person, so that the lab is
# synced and healthy as task-8 leaves it. If it does not get there, the run reports it.
follow_publication() {
    local head state promoted='' deadline=$((SECONDS + 60)) router=$LAB_ROUTER
    [ -n "$(router_values)" ] || router=
    head=$(git --git-dir="$LAB_STATE/gitops.git" rev-parse main)
    while [ $SECONDS -lt $deadline ]; do
        state=$(kubectl --request-timeout 5s get application sample-api -n argocd \
            -o jsonpath='{.status.sync.comparedTo.source.helm.valuesObject.rollouts.router}/{.status.sync.revision}/{.status.sync.status}/{.status.health.status}')
        case $state in
            "$router/$head/Synced/Healthy") return 0 ;;
            "$router/$head/Synced/Suspended")
                [ -n "$promoted" ] || say "sample-api waits on preview: promoted"
                promoted=1
                kubectl argo rollouts promote sample-api -n sample-api >/dev/null 2>&1 ;;
        esac
        sleep 0.5
    done
    say "sample-api does not follow lab/gitops (it is $state): see make lab-status"
}
