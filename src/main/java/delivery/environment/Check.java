package delivery.environment;

/** The checks of the environment that must pass before anything can be proved. */
public enum Check {
    CLUSTER("The cluster is reachable and has nodes that take pods"),
    ROLLOUTS("Argo Rollouts reconciles a release"),
    ARGO_CD("Argo CD reconciles the Application, which is synced and healthy"),
    REGISTRY("The registry accepts a push"),
    GATEWAY("The gateway answers");

    private final String sentence;

    Check(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String toString() {
        return sentence;
    }
}
