#!/usr/bin/env bash
# journey.sh NAME NEW NEWER - the delivery as a careful person would script it, on one Application: blue-green with a look
# at both Services, promotion, the switch to canary, both splits, promotion, undo, and Git's word again at the end. It
# builds nothing and reports nothing; make race sets the suite beside it. To be run in the lab's shell.
set -euo pipefail
name=$1 old=1.0.0 new=$2 newer=$3
rollout=sample-api host=$name.sample-api.test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "journey: $*" >&2; exit 1; }
until_true() { # SECONDS WHAT COMMAND...
    local left=$1 what=$2
    shift 2
    while ! "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "waited in vain: $what"
        sleep 1
    done
}
argo() { curl -fsS --cacert "$ARGOCD_SERVER_CRT" -m 15 -H "Authorization: Bearer $ARGOCD_AUTH_TOKEN" -H 'Content-Type: application/json' "$@" "https://$ARGOCD_SERVER/api/v1/applications$path" -o /dev/null; }
get() { kubectl get "$@" -n "$name" -o json; }
# What the controller has seen of the Rollout's specification must hold.
is() { get rollout $rollout 2>/dev/null | jq -e ".status.observedGeneration == (.metadata.generation | tostring) and ($1)" >/dev/null; }
asks_for() { is "[.spec.template.spec.containers[].image | endswith(\":$1\")] | any"; }
healthy() { is '.status.phase == "Healthy"'; }
set_of() { get rs | jq -r "[.items[] | select(.spec.template.spec.containers[0].image | endswith(\":$1\"))][0].metadata.name"; }
all_ready() { get rs "$(set_of "$1")" | jq -e '.spec.replicas > 0 and .status.readyReplicas == .spec.replicas' >/dev/null; }
gone() { get rs "$(set_of "$1")" | jq -e '.spec.replicas == 0 and (.status.replicas // 0) == 0' >/dev/null; }
synced() { # VERSION STRATEGY
    kubectl get application "$name" -n argocd -o json | jq -e --arg tag "$1" --arg strategy "$2" '
        .status.sync.status == "Synced" and .status.operationState.phase == "Succeeded"
        and ([.status.sync.comparedTo.source.helm.parameters[] | {(.name): .value}] | add
            | .["image.tag"] == $tag and .["rollouts.strategy"] == $strategy)' >/dev/null
}
parameters() { # VERSION STRATEGY
    jq -nc --arg tag "$1" --arg strategy "$2" --arg host "$host" '[{name: "image.tag", value: $tag, forceString: true},
        {name: "host", value: $host}, {name: "rollouts.strategy", value: $strategy}]'
}
deliver() { # VERSION STRATEGY
    path=/$name argo -X PATCH -d "$(jq -nc --arg name "$name" --argjson all "$(parameters "$1" "$2")" \
        '{name: $name, patchType: "merge", patch: ({spec: {source: {helm: {parameters: $all}}}} | tojson)}')"
}
service_answers() { # SERVICE VERSION TIMES
    local number
    for number in $(seq "$3"); do
        kubectl get --raw "/api/v1/namespaces/$name/services/$1:http/proxy/version" | jq -e --arg version "$2" '.version == $version' >/dev/null \
            || { echo "journey: request $number to $1 was answered by another version" >&2; return 1; }
    done
}
share() { # VERSION PERCENT REQUESTS
    curl -sS --no-progress-meter -m 60 --parallel --parallel-max 8 -H "Host: $host" "$GATEWAY/version?n=[1-$3]" >"$work/answers" || fail "the gateway does not answer"
    jq -se --arg version "$1" --argjson percent "$2" --argjson number "$3" '
        length == $number and (([.[] | select(.version == $version)] | length) * 100 / $number - $percent | fabs) <= 5' "$work/answers" >/dev/null \
        || fail "not $2% of $3 requests were answered by $1"
}
weight_is() { get traefikservice $rollout | jq -e --argjson weight "$1" '[.spec.weighted.services[] | select(.name == "sample-api-canary").weight] == [$weight]' >/dev/null; }
promote() { kubectl argo rollouts -n "$name" promote $rollout "$@" >/dev/null; }

kubectl get application sample-api -n argocd -o json | jq -c --arg name "$name" --argjson all "$(parameters $old blueGreen)" '
    {metadata: {name: $name, namespace: "argocd"}, spec: (.spec | .destination.namespace = $name | .source.helm.parameters = $all
        | .syncPolicy = {automated: {prune: true}, syncOptions: ((.syncPolicy.syncOptions // []) + ["CreateNamespace=true"] | unique)})}' >"$work/application"
path='' argo -d "@$work/application"
until_true 60 "the first version is healthy" eval "asks_for $old && healthy"
until_true 30 "Argo CD has synced it" synced $old blueGreen
service_answers sample-api $old 3

deliver "$new" blueGreen
until_true 60 "the new version waits on preview" eval "asks_for $new && is '.status.phase == \"Paused\"' && all_ready $new"
service_answers sample-api-preview "$new" 20
service_answers sample-api $old 20
promote
until_true 60 "it is promoted" healthy
until_true 10 "users have it" service_answers sample-api "$new" 20
until_true 60 "the old one is scaled down" gone $old

deliver "$new" canary
until_true 60 "the strategy is canary" eval "synced $new canary && is '.spec.strategy.canary != null' && healthy"
share "$newer" 0 50
deliver "$newer" canary
until_true 60 "the canary waits" eval "asks_for $newer && is '.status.phase == \"Paused\"' && all_ready $newer"
get rollout $rollout | jq -c '.spec.strategy.canary.steps' >"$work/steps"
for pause in $(jq 'to_entries[] | select(.value.pause != null).key' "$work/steps"); do
    until_true 60 "it waits at step $pause" is ".status.phase == \"Paused\" and .status.currentStepIndex == $pause"
    weight=$(jq --argjson pause "$pause" '[.[:$pause][].setWeight | values] | last' "$work/steps")
    until_true 15 "the gateway has weight $weight" weight_is "$weight"
    sleep 1
    share "$newer" "$weight" 500
    promote
done
until_true 60 "the canary is promoted" healthy
sleep 1
share "$newer" 100 500

kubectl argo rollouts -n "$name" undo $rollout >/dev/null
until_true 60 "the undo waits" eval "asks_for $new && is '.status.phase == \"Paused\"'"
promote --full
until_true 60 "it is undone" healthy
sleep 1
share "$new" 100 500
deliver "$new" canary
until_true 60 "Argo CD agrees" synced "$new" canary
echo "journey: $name went all the way"
