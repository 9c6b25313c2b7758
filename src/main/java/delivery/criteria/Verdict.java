package delivery.criteria;

/** What is known about a criterion after a run. */
public enum Verdict {
    /** Its proof ran to the end and held. */
    PROVEN,
    /** Its proof ran and showed the contrary. */
    NOT_MET,
    /** Nothing is known: its proof did not run to a verdict. */
    NOT_RUN
}
