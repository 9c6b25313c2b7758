package delivery.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import delivery.proxy.ProxyFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of the environment that fails while a criterion is proved, and the words in which the suite may report it.
 *
 * @param id        short name
 * @param what      the failure, in one sentence
 * @param component the component of the lab that fails; empty if none does
 * @param how       the ways in which the component fails, each tried in a run of its own
 * @param proxy     the behaviour of a server between the suite and the real one
 * @param reports   the state of the folder for the reports
 * @param clock     seconds that the suite's clock is ahead of the cluster's; negative if it is behind
 * @param criterion the criterion that is tried meanwhile
 * @param when      the moment of that criterion's scenario at which the component fails
 * @param outlived  whether the run cannot remove what it made, so that the next run has to
 * @param named     texts, one of which must be in the reason of an environment problem
 */
public record Fault(String id, String what, String component, List<How> how, ProxyFault proxy, Folder reports,
        Integer clock, String criterion, Moment when, boolean outlived, List<String> named) {

    /** A way in which a component fails. */
    public enum How {
        /** The component is killed by SIGKILL; its supervisor starts it again. */
        KILL,
        /** The component is stopped by SIGSTOP, and continued ten seconds later. */
        FREEZE;

        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A state of the folder for the reports in which it cannot take them. */
    public enum Folder {
        /** Its disk has hardly any room. */
        FULL,
        /** It is a file instead of a folder. */
        FILE,
        /** Its file system is read-only. */
        READ_ONLY;

        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A moment of a scenario, given by the revision and the phase of its Rollout.
     *
     * @param phase    {@code Healthy}, {@code Progressing} or {@code Paused}
     * @param revision 1 for the version that users have first, 2 for the one that is released
     */
    public record Moment(@JsonProperty("phase") String phase, @JsonProperty("revision") int revision) {

        @Override
        public String toString() {
            return "its Rollout is " + phase + " at revision " + revision;
        }
    }

    public Fault {
        component = component == null ? "" : component;
        how = how == null ? List.of() : List.copyOf(how);
        named = named == null ? List.of() : List.copyOf(named);
    }

    Optional<ProxyFault> misconduct() {
        return Optional.ofNullable(proxy);
    }

    Optional<Folder> folder() {
        return Optional.ofNullable(reports);
    }

    Optional<Integer> offset() {
        return Optional.ofNullable(clock);
    }
}
