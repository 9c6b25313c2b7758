package delivery.failure;

/**
 * A person's input cannot be used: settings, features, the task's file, values of the chart. Nothing was learned about
 * a criterion. The message names the place and the fix. A run ends with {@link delivery.criteria.ExitCode#WRONG_INPUT}.
 */
public abstract sealed class WrongInput extends RuntimeException permits InvalidChecklist, InvalidSelection,
        InvalidSettings, InvalidTask, MissingValue, UnknownVersion, UnmeasurableSteps, UnresolvedLayout, UnsafeChange,
        UnsafeClone, UnsupportedRollout {

    private static final long serialVersionUID = 1L;

    WrongInput(String message) {
        super(message);
    }

    WrongInput(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param traced whether to keep the stack trace, which does not help a person who corrects a feature */
    WrongInput(String message, boolean traced) {
        super(message, null, traced, traced);
    }
}
