package delivery.argocd;

/** Thrown when Argo CD refuses a call and says why. */
public final class ArgoCdRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ArgoCdRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether the user, or the Application's project, lacks a permission. */
    public boolean forbidden() {
        return status == 401 || status == 403 || status == 400 && getMessage().contains("in project");
    }
}
