package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.environment.Blueprint;
import delivery.failure.UnresolvedLayout;
import delivery.layout.ValuePlaces;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Values that a scenario sets differently from the chart. The delay, in whole seconds, is how long an old version stays
 * up.
 */
public record Overrides(OptionalInt pods, Optional<Duration> delay, Optional<CanaryPlan> plan) {

    /** No overrides: everything is as in the chart. */
    public static final Overrides NONE = new Overrides(OptionalInt.empty(), Optional.empty(), Optional.empty());

    private static final ObjectMapper JSON = new ObjectMapper();

    public Overrides withPods(int number) {
        return new Overrides(OptionalInt.of(number), delay, plan);
    }

    public Overrides withDelay(Duration time) {
        return new Overrides(pods, Optional.of(time), plan);
    }

    public Overrides withPlan(CanaryPlan steps) {
        return new Overrides(pods, delay, Optional.of(steps));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether these overrides replace all of the others. */
    public boolean replaces(Overrides others) {
        return (pods.isPresent() || others.pods.isEmpty()) && (delay.isPresent() || others.delay.isEmpty())
                && (plan.isPresent() || others.plan.isEmpty());
    }

    /** The overrides in the form of an Application's {@code valuesObject}; numbers stay numbers. */
    ObjectNode values(Blueprint pattern) {
        Map<String, Object> values = new LinkedHashMap<>();
        ValuePlaces places = pattern.places();
        pods.ifPresent(number -> values.put(known(places.replicas(), "VALUE_REPLICAS", pattern), number));
        delay.ifPresent(time -> values.put(known(places.delay(), "VALUE_DELAY", pattern), time.toSeconds()));
        plan.ifPresent(steps -> {
            String path = known(places.steps(), "VALUE_STEPS", pattern);
            values.put(path, JSON.convertValue(steps.json(pattern.values(), path), Object.class));
        });
        return pattern.own(values);
    }

    private static String known(Optional<String> place, String setting, Blueprint pattern) {
        return place.orElseThrow(() -> new UnresolvedLayout(pattern.application().name(), List.of(
                "it is not known which value it has to change; set " + setting + " to its path")));
    }

    /** Expects that Argo CD has deployed these values, which include those that the Application already had. */
    Expectation<Application, Application> deployed(ObjectNode own) {
        return Expectation.of("Argo CD has deployed the values " + summary(), application -> {
            JsonNode last = application.deployedValues();
            JsonNode wanted = own.has(Application.PATCHES) ? own.path(Application.PATCHES) : own;
            return wanted.equals(Application::compare, last) ? Outcome.met(application)
                    : Outcome.notYet("those of its last sync are " + differing(wanted, last));
        });
    }

    /** The values that differ; the others are left out, because they may hold a secret. */
    private static JsonNode differing(JsonNode wanted, JsonNode there) {
        if (!wanted.isObject() || !there.isObject()) {
            return there;
        }
        ObjectNode differing = JSON.createObjectNode();
        there.properties().stream()
                .filter(value -> !wanted.path(value.getKey()).equals(Application::compare, value.getValue()))
                .forEach(value -> differing.set(value.getKey(), differing(wanted.path(value.getKey()),
                        value.getValue())));
        return differing;
    }

    /** Expects that the release follows the overrides: it is at rest, and its pods still have this hash. */
    Expectation<Release, Release> followed(String hash) {
        return ReleaseExpectations.that("the release follows the values " + summary(), ready -> ready.rollout()
                .filter(rollout -> !rollout.phase().equals("Progressing") && rollout.currentHash().equals(hash)
                        && pods.stream().allMatch(number -> rollout.replicas() == number)
                        && delay.stream().allMatch(time -> rollout.delay() == time.toSeconds())
                        && plan.stream().allMatch(steps -> steps.size() == rollout.steps().size()))
                .isPresent());
    }

    /** The overrides in words, for the history. */
    Map<String, String> summary() {
        Map<String, String> summary = new TreeMap<>();
        pods.ifPresent(number -> summary.put("replicas", String.valueOf(number)));
        delay.ifPresent(time -> summary.put("rollouts.scaleDownDelaySeconds", String.valueOf(time.toSeconds())));
        plan.ifPresent(steps -> summary.put("rollouts.canary.steps", steps.toString()));
        return summary;
    }
}
