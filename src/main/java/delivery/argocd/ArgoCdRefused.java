package delivery.argocd;

/** Argo CD answered that it will not do something, and said why. */
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

    /** Whether it was refused for want of a permission: of the user's, or of the Application's project. */
    public boolean forbidden() {
        return status == 401 || status == 403 || status == 400 && getMessage().contains("in project");
    }
}
