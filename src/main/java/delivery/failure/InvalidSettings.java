package delivery.failure;

import java.util.List;

/** The settings cannot be used. The message lists every problem at once. */
public final class InvalidSettings extends WrongInput {

    private static final long serialVersionUID = 1L;

    public InvalidSettings(List<String> problems, List<String> hints) {
        super(message(problems, hints));
    }

    private static String message(List<String> problems, List<String> hints) {
        StringBuilder text = new StringBuilder(
                problems.size() == 1 ? "One setting is wrong:" : problems.size() + " settings are wrong:");
        problems.forEach(problem -> text.append("\n  ").append(problem));
        hints.forEach(hint -> text.append("\n  ").append(hint));
        return text.toString();
    }
}
