package delivery.run;

import delivery.environment.Blueprint;
import delivery.restoration.JournalStore;
import delivery.restoration.RestorePoint;
import delivery.rollout.Strategy;
import delivery.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The notice of the changes that a run in place will make, for a person to agree to.
 *
 * @param run id of the run, which is part of the tags of new versions
 */
record ChangeNotice(RestorePoint point, Blueprint pattern, Settings settings, String run) {

    /** @param selected ids of the criteria to be proved; empty if they are not known */
    String text(JournalStore journal, Set<String> selected) {
        List<String> lines = new ArrayList<>();
        lines.add("MODE=in-place changes a live release:");
        line(lines, "Application", point.name() + " (namespace " + point.namespace() + "), which deploys to namespace "
                + point.destination() + "; Rollout " + point.rollout().name());
        line(lines, "users have", "version " + point.tag() + ", by " + point.rollout().strategy());
        line(lines, "criteria", selected.isEmpty() ? "those that are selected"
                : String.join(", ", new TreeSet<>(selected)));
        pattern.places().container().ifPresentOrElse(container -> line(lines, "image", "of the container " + container
                        + " in the Rollout, as kubectl argo rollouts set image changes it"),
                () -> line(lines, "parameters", String.join(", ", parameters())));
        line(lines, "versions", versions());
        line(lines, "revision", "pinned to what is deployed now; commits count again afterwards");
        if (point.isAutomated()) {
            line(lines, "automated sync", settings.pausesSync() ? "is paused" + (point.selfHeals()
                    ? ", self-heal with it: with it on, Argo CD would take an undo back within seconds" : "")
                    : "stays on (SELF_HEAL=keep)" + (point.selfHeals()
                    ? ": self-heal takes an undo back within seconds, and RB-2 is not met" : ""));
        }
        line(lines, "journal", "ConfigMap " + journal + ", written before anything is changed");
        line(lines, "afterwards", "all of it is put back, however the run ends, by this run or the next; new versions"
                + " are deleted from the registry, if it allows that");
        return String.join("\n", lines);
    }

    private static void line(List<String> lines, String what, String value) {
        lines.add(String.format("  %-15s %s", what, value));
    }

    private Set<String> parameters() {
        Set<String> names = new TreeSet<>(pattern.changesOfTag(point.tag()).parameters().keySet());
        for (Strategy strategy : pattern.strategies().inOrder()) {
            names.addAll(pattern.changes(strategy).parameters().keySet());
        }
        pattern.places().replicas().ifPresent(names::add);
        pattern.places().steps().ifPresent(names::add);
        pattern.places().delay().ifPresent(names::add);
        return names;
    }

    private String versions() {
        String made = settings.newVersions().ready().isEmpty() ? "acceptance-" + run + "-… (made for the run, in "
                + pattern.image().registry() + "/" + pattern.image().repository() + ")"
                : settings.newVersions().ready().stream().map(version -> version.tag())
                        .collect(Collectors.joining(", "));
        return point.tag() + " and new ones, back and forth several times: " + made
                + "; a faulty one where a criterion asks for it";
    }
}
