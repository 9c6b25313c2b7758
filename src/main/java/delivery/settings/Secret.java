package delivery.settings;

/** A value that must not be shown. It does not define equality, so that it cannot be guessed by comparison. */
public final class Secret {

    private final String value;

    /** @throws IllegalArgumentException if the value is blank */
    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        this.value = value;
    }

    /** Returns the value itself, only for the call that needs it; it must not be kept. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
