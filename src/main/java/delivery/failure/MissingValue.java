package delivery.failure;

/** The chart lacks a value that it should have: "charts/sample-api/values.yaml has no rollouts.canary.steps". */
public final class MissingValue extends WrongInput {

    private static final long serialVersionUID = 1L;

    public MissingValue(String file, String path) {
        super(file + " has no " + path);
    }
}
