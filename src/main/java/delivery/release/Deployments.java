package delivery.release;

import delivery.rollout.Strategy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** All that a release was asked for, whoever had it. Safe for use by many threads. */
final class Deployments {

    private final List<Deployment> all = new CopyOnWriteArrayList<>();

    void add(Version version, Strategy strategy) {
        all.add(new Deployment(version, strategy));
    }

    /** In its order. */
    List<Deployment> all() {
        return List.copyOf(all);
    }

    /** Tags that it has had. */
    Set<String> tags() {
        return all.stream().map(deployment -> deployment.version().tag()).collect(Collectors.toSet());
    }
}
