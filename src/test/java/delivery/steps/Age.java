package delivery.steps;

/** Which version of a scenario's is meant. */
public enum Age {
    OLD, NEW
}
