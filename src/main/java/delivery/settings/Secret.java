package delivery.settings;

/** A value that must not be shown. It has no equality of its own, so that none can be guessed from it. */
public final class Secret {

    private final String value;

    /** @throws IllegalArgumentException if the value is blank */
    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        this.value = value;
    }

    /** The value itself: for the call that needs it and for nothing that is kept. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
