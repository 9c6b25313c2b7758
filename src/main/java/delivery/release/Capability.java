package delivery.release;

/** Something that a delivery may have or not, and that some scenarios need. */
public enum Capability {
    BLUE_GREEN, CANARY,
    /** A version that the delivery's own analysis refuses. */
    FAULTY_VERSION
}
