package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A writer of some fields of an object, from {@code metadata.managedFields}.
 *
 * @param manager     name of the program: the one it gives itself, or the first part of its User-Agent
 * @param subresource the subresource it wrote to: {@code status}, {@code scale}; empty for the object itself
 * @param time        when it last changed its fields, to the second, by the API server's clock
 * @param spec        fields of the specification that it has set
 * @param status      fields of the status that it has set
 */
public record FieldWriter(String manager, String subresource, Optional<ServerTime> time, Set<String> spec,
        Set<String> status) {

    /** Returns all writers of an object, sorted by name. */
    static List<FieldWriter> of(JsonNode object) {
        return object.path("metadata").path("managedFields").valueStream()
                .map(entry -> new FieldWriter(entry.path("manager").asText(""), entry.path("subresource").asText(""),
                        ServerTime.parse(entry.path("time").asText("")), fields(entry, "f:spec"),
                        fields(entry, "f:status")))
                .sorted(Comparator.comparing(FieldWriter::manager).thenComparing(FieldWriter::subresource)).toList();
    }

    private static Set<String> fields(JsonNode entry, String part) {
        Set<String> names = new TreeSet<>();
        entry.path("fieldsV1").path(part).fieldNames()
                .forEachRemaining(name -> names.add(name.replaceFirst("^f:", "")));
        names.remove(".");
        return names;
    }

    /**
     * Whether this entry is all or a part of an earlier one. When another writer takes over a field, the entry loses
     * the field and keeps its time (structured-merge-diff, merge/update.go).
     */
    public boolean isLeftOf(FieldWriter before) {
        return manager.equals(before.manager) && subresource.equals(before.subresource) && time.equals(before.time)
                && before.spec.containsAll(spec) && before.status.containsAll(status);
    }

    /** Whether it has set a field that affects a release. */
    boolean changesRelease() {
        return !spec.isEmpty() || !status.isEmpty();
    }

    /** The writer and the time: {@code kubectl-argo-rollouts at 2026-11-24T01:02:03Z}. */
    String named() {
        return manager + time.map(known -> " at " + known).orElse("");
    }

    /** The fields that it has set: {@code spec.template, status.abort}. */
    String fields() {
        return Stream.concat(spec.stream().map(field -> "spec." + field), status.stream()
                .map(field -> "status." + field)).collect(Collectors.joining(", "));
    }
}
