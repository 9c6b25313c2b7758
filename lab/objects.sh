# shellcheck shell=bash
# Creates the objects of the lab's components in its cluster. Sourced by the launcher.

# Copies the definitions of kinds that components keep, without their descriptions. Those are most of 6 MB, which the API
# server would read and write with every change of a definition's state, and only `kubectl explain` shows them.
trim_definitions() {
    local name pattern file
    for name in "${COMPONENTS[@]}"; do
        mkdir -p "$LAB_STATE/definitions/$name"
        for pattern in ${CONF[$name.objects]-}; do
            while IFS= read -r file; do
                awk '{ indent = match($0, /[^ ]/) }
                    skipped && (indent == 0 || indent > skipped) { next }
                    { skipped = 0 }
                    /^ *description: ./ { skipped = indent; next }
                    { print }' "$file" >"$LAB_STATE/definitions/$name/${file##*/}" || return 1
            done < <(compgen -G "$(component_dir "$name")/manifests/$pattern")
        done
    done
}

# create_objects NAME: creates the component's own objects, and those of the module that it was built from. They are
# created instead of applied, and not validated: a new cluster has none of them, and they are as released.
create_objects() {
    local file pattern objects=() namespaced=() namespace=${CONF[$1.namespace]-}
    for file in "$LAB_STATE/objects/$1"/*.yaml "$LAB_STATE/definitions/$1"/*; do [ ! -e "$file" ] || objects+=(-f "$file"); done
    for pattern in ${CONF[$1.namespace-objects]-}; do
        while IFS= read -r file; do namespaced+=(-f "$file"); done < <(compgen -G "$(component_dir "$1")/manifests/$pattern")
    done
    [ -z "$namespace" ] || kubectl create namespace "$namespace" || return 1
    [ ${#objects[@]} -eq 0 ] || kubectl create --validate=false "${objects[@]}" || return 1
    [ ${#namespaced[@]} -eq 0 ] || kubectl create --validate=false -n "$namespace" "${namespaced[@]}" || return 1
    hook "$1" on_objects
}

# Creates the objects of all components at the same time, each component's in its order.
create_all_objects() {
    local name pid pids=()
    kubectl create --validate=false -f "$LAB_HOME/manifests/lab.yaml" || return 1
    for name in "${COMPONENTS[@]}"; do
        create_objects "$name" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || return 1; done
}

# A kind is served some time after its definition was created; Argo CD would wait for several seconds before it asks
# again. `kubectl wait` for the definitions to be established takes three seconds more than this.
kinds_are_served() {
    local kinds
    kinds=$(kubectl get customresourcedefinitions -o name) || return 1
    kinds=${kinds//customresourcedefinition.apiextensions.k8s.io\//}
    kubectl get "${kinds//$'\n'/,}" --all-namespaces -o name
}
