package delivery.layout;

import java.util.Locale;

/** The items that a survey of a delivery looks for, in the order in which they are shown. */
public enum Item {
    PACKAGING("packaging", ""),
    SOURCE("source", ""),
    ROLLOUT("Rollout", "ROLLOUT"),
    IMAGE("image", "CONTAINER"),
    STRATEGY("strategy", ""),
    SERVICES("Services", ""),
    ROUTER("router", ""),
    ROUTE("route", ""),
    HOST("host", ""),
    SERVICE("Service of users", "SERVICE"),
    VALUE_TAG("value of the tag", "VALUE_TAG"),
    VALUE_HOST("value of the host", "VALUE_HOST"),
    VALUE_STRATEGY("value of the strategy", "VALUE_STRATEGY"),
    STRATEGY_WORDS("spelling of strategies", "STRATEGY_WORDS"),
    VALUE_REPLICAS("value of the replicas", "VALUE_REPLICAS"),
    VALUE_STEPS("value of the steps", "VALUE_STEPS"),
    VALUE_DELAY("value of the delay", "VALUE_DELAY"),
    GATEWAY("gateway", "GATEWAY"),
    VERSION("version in an answer", "VERSION_PATH"),
    BUILD("how a new version is made", "BUILD"),
    FAULTY("faulty version", "FAULTY_TAG"),
    ANALYSIS("analysis", ""),
    SYNC("sync policy", ""),
    SELF_HEAL("self-heal", ""),
    OWNER("owner", ""),
    CLONES("copies", ""),
    PERMISSIONS("permissions", ""),
    IN_PLACE("in place", "");

    private final String words;
    private final String setting;

    Item(String words, String setting) {
        this.words = words;
        this.setting = setting;
    }

    /** Name of the setting that changes it; empty if none does. */
    public String setting() {
        return setting;
    }

    /** Its name in run.json. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return words;
    }
}
