package delivery.clone;

/** Where objects of a kind live. */
public enum ObjectScope {
    NAMESPACE,
    CLUSTER,
    /** The cluster does not serve the kind, so that nobody can tell. */
    UNKNOWN
}
