package delivery.features;

import io.cucumber.cucumberexpressions.Argument;
import io.cucumber.cucumberexpressions.Expression;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * A step that is implemented in code.
 *
 * @param role its purpose
 */
record StepDefinition(Expression expression, Role role, Method method) {

    /** The purpose of a step: to set up the situation, to act, or to check the result. */
    enum Role {
        GIVEN, WHEN, THEN
    }

    /** Returns the expression as the code has it. */
    String source() {
        return expression.getSource();
    }

    /** Returns a sentence with its parameters: the first of alternatives, without optional text. */
    String plain() {
        return source().replaceAll("\\(([^)]*)\\)", "").replaceAll("([^\\s{}/]+)(?:/[^\\s{}/]+)+", "$1");
    }

    /** Returns the subject of the step: the name of the class that implements it. */
    String noun() {
        return method.getDeclaringClass().getSimpleName().replaceFirst("Steps$", "");
    }

    boolean fits(String text) {
        return expression.match(text) != null;
    }

    /** Returns the values that the words of a step pass to the code. */
    List<Argument<?>> arguments(String text) {
        return Optional.ofNullable(expression.match(text)).orElse(List.of());
    }

    /** Returns the type that the code takes from below the step: a table or a text; empty if none. */
    Optional<Class<?>> below() {
        int own = (int) source().chars().filter(letter -> letter == '{').count();
        Class<?>[] types = method.getParameterTypes();
        return types.length > own ? Optional.of(types[own]) : Optional.empty();
    }
}
