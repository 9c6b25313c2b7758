package delivery.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import delivery.proxy.ProxyFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something of the environment that fails while a criterion is proved, and in which words the suite may say so.
 *
 * @param id        short name
 * @param what      fails, in one sentence
 * @param component of the lab that it is done to; empty if it is none
 * @param how       what is done to the component, each in a run of its own
 * @param proxy     what a server does that stands between the suite and the real one
 * @param reports   what the folder for the reports is like
 * @param clock     seconds that the suite's clock is ahead of the cluster's, negative if it is behind
 * @param criterion that is tried meanwhile
 * @param when      the moment of that criterion's scenario at which it is done to the component
 * @param outlived  whether nobody can remove any more what the run made: it goes with the next one
 * @param named     texts of which a reason that environment problem must have one
 */
public record Fault(String id, String what, String component, List<How> how, ProxyFault proxy, Folder reports,
        Integer clock, String criterion, Moment when, boolean outlived, List<String> named) {

    /** What is done to a component. */
    public enum How {
        /** It is ended by SIGKILL; what looks after it starts it again. */
        KILL,
        /** It is stopped by SIGSTOP, and goes on ten seconds later. */
        FREEZE;

        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the folder for the reports is like. */
    public enum Folder {
        /** Its disk has next to no room. */
        FULL,
        /** It is a file. */
        FILE,
        /** Its file system is read-only. */
        READ_ONLY;

        @com.fasterxml.jackson.annotation.JsonValue
        public String spelling() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A moment of a scenario: its Rollout is at this revision and says this of itself.
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
