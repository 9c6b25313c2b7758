# shellcheck shell=bash
# Small deliveries of other shapes than the lab's own, each with an Application, to try the suite on. Sourced by the
# launcher.
LAB_DELIVERIES=${LAB_DELIVERIES:-$LAB_HOME/deliveries}

# Publishes lab/deliveries as it is now, with the lab's addresses filled in, as the head of a repository of its own.
publish_deliveries() {
    local repository=$LAB_STATE/deliveries.git tree=$LAB_STATE/run/deliveries
    rm -rf "$tree" && mkdir -p "$tree" && cp -r "$LAB_DELIVERIES/." "$tree" || return 1
    find "$tree" -type f -exec sed -i "s|@REPOSITORY@|$repository|g; s|@PROMETHEUS@|http://$LAB_NODE_IP:9090|g" {} +
    (
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_DIR=$repository GIT_WORK_TREE=$tree
        export GIT_AUTHOR_NAME=lab GIT_AUTHOR_EMAIL=lab@localhost GIT_COMMITTER_NAME=lab GIT_COMMITTER_EMAIL=lab@localhost
        [ -d "$repository" ] || env -u GIT_WORK_TREE git init --quiet --bare --initial-branch=main "$repository" || exit 1
        git add --all --force . || exit 1
        if ! git rev-parse --quiet --verify main >/dev/null || ! git diff --cached --quiet; then git commit --quiet -m 'Publish lab/deliveries'; fi
    )
}

# Pushes the first version also under a tag that begins with a letter.
tag_with_letter() {
    local kind=application/vnd.oci.image.manifest.v1+json manifests=http://$LAB_NODE_IP:5000/v2/sample-team/sample-api/manifests
    curl -fsS -m 10 -H "Accept: $kind" "$manifests/$1" | curl -fsS -m 10 -X PUT -H "Content-Type: $kind" --data-binary @- "$manifests/v$1" -o /dev/null
}

# lab_delivery apply|remove NAME
lab_delivery() {
    local file=$LAB_DELIVERIES/${2:-}/application.yaml name
    lab_pid >/dev/null || fail "not running; 'make lab' starts it"
    if [ -z "${2:-}" ] || [ ! -f "$file" ]; then
        fail "unknown delivery '${2:-}'; choose one of: $(cd "$LAB_DELIVERIES" && echo */application.yaml | sed 's|/application.yaml||g')"
    fi
    PATH=$(cat "$LAB_STATE/path"):$PATH
    export KUBECONFIG=$LAB_STATE/kube/super-admin.conf
    name=$(sed -n 's/^  name: //p' "$file" | head -n 1)
    case $1 in
        apply)
            publish_deliveries || fail "lab/deliveries could not be published"
            tag_with_letter 1.0.0 || fail "the registry did not take another tag of the first version"
            kubectl apply --server-side --force-conflicts -f "$LAB_STATE/run/deliveries/$2/application.yaml" >/dev/null 2>"$LAB_STATE/run/kubectl.log" || fail "the Application $name could not be made: $(tail -n 1 "$LAB_STATE/run/kubectl.log")"
            kubectl annotate --overwrite -n argocd "application/$name" argocd.argoproj.io/refresh=hard >/dev/null
            await_delivery "$name"
            ;;
        remove)
            if ! kubectl delete -n argocd "application/$name" --ignore-not-found --timeout=120s >/dev/null \
                || ! kubectl delete namespace "$name" --ignore-not-found --timeout=120s >/dev/null; then
                fail "the delivery $2 could not be removed; see what kubectl says of the namespace $name"
            fi
            say "removed the delivery $2"
            ;;
        *) fail "lab delivery apply NAME, or remove NAME" ;;
    esac
}

# Waits until the Application is Healthy, or has the health that its annotation lab/health gives.
await_delivery() {
    local state wanted deadline=$((SECONDS + 120))
    wanted=$(kubectl get -n argocd "application/$1" -o jsonpath='{.metadata.annotations.lab/health}')
    wanted=Synced/${wanted:-Healthy}
    while state=$(kubectl get -n argocd "application/$1" -o jsonpath='{.status.sync.status}/{.status.health.status}'); [ "$state" != "$wanted" ]; do
        lab_pid >/dev/null || fail "the lab ended meanwhile"
        [ $SECONDS -lt $deadline ] || fail "the Application $1 is $state after 120 s, not $wanted"
        sleep 0.5
    done
    say "the Application $1 is $wanted; prove it with: APPLICATION=$1 make acceptance"
}
