package delivery.clone;

/** The scope of a kind of objects. */
public enum ObjectScope {
    NAMESPACE,
    CLUSTER,
    /** The cluster does not serve the kind, so its scope is not known. */
    UNKNOWN
}
