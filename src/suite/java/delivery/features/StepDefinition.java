package delivery.features;

import io.cucumber.cucumberexpressions.Argument;
import io.cucumber.cucumberexpressions.Expression;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * A step that code carries out.
 *
 * @param role what it is for
 */
record StepDefinition(Expression expression, Role role, Method method) {

    /** What a step is for: it makes the situation, does what is judged, or sees what became of it. */
    enum Role {
        GIVEN, WHEN, THEN
    }

    /** As it is written in the code. */
    String source() {
        return expression.getSource();
    }

    /** As a sentence with its parameters: the first of alternatives, without what may be left out. */
    String plain() {
        return source().replaceAll("\\(([^)]*)\\)", "").replaceAll("([^\\s{}/]+)(?:/[^\\s{}/]+)+", "$1");
    }

    /** What it speaks of: the class that holds it. */
    String noun() {
        return method.getDeclaringClass().getSimpleName().replaceFirst("Steps$", "");
    }

    boolean fits(String text) {
        return expression.match(text) != null;
    }

    /** What the words of a step give to the code. */
    List<Argument<?>> arguments(String text) {
        return Optional.ofNullable(expression.match(text)).orElse(List.of());
    }

    /** What the code takes from below the step: a table or a text. Empty if nothing. */
    Optional<Class<?>> below() {
        int own = (int) source().chars().filter(letter -> letter == '{').count();
        Class<?>[] types = method.getParameterTypes();
        return types.length > own ? Optional.of(types[own]) : Optional.empty();
    }
}
