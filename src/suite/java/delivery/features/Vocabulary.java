package delivery.features;

import delivery.steps.Spelled;
import io.cucumber.core.resource.ClasspathScanner;
import io.cucumber.cucumberexpressions.CaptureGroupTransformer;
import io.cucumber.cucumberexpressions.Expression;
import io.cucumber.cucumberexpressions.ExpressionFactory;
import io.cucumber.cucumberexpressions.ParameterTypeRegistry;
import io.cucumber.java.DataTableType;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The steps and their parameters, read from the code that implements them. */
public final class Vocabulary {

    /** The package of the glue. */
    public static final String GLUE = "delivery.steps";

    private final List<StepDefinition> steps = new ArrayList<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<Class<?>, Method> tables = new LinkedHashMap<>();

    private Vocabulary() {
    }

    /** Reads the project's own glue. */
    public static Vocabulary read() {
        return of(new ClasspathScanner(() -> Vocabulary.class.getClassLoader()).scanForClassesInPackage(GLUE));
    }

    static Vocabulary of(List<Class<?>> classes) {
        Vocabulary vocabulary = new Vocabulary();
        ParameterTypeRegistry registry = new ParameterTypeRegistry(Locale.ENGLISH);
        List<Method> methods = classes.stream().sorted(Comparator.comparing(Class::getName))
                .flatMap(glue -> List.of(glue.getDeclaredMethods()).stream())
                .sorted(Comparator.comparing(Method::toString)).toList();
        for (Method method : methods) {
            ParameterType parameter = method.getAnnotation(ParameterType.class);
            if (parameter != null) {
                vocabulary.parameter(method, parameter, registry);
            }
            if (method.isAnnotationPresent(DataTableType.class)) {
                vocabulary.tables.put(method.getReturnType(), method);
            }
        }
        ExpressionFactory expressions = new ExpressionFactory(registry);
        for (Method method : methods) {
            List.of(method.getAnnotationsByType(Given.class)).forEach(given ->
                    vocabulary.step(StepDefinition.Role.GIVEN, expressions.createExpression(given.value()), method));
            List.of(method.getAnnotationsByType(When.class)).forEach(when ->
                    vocabulary.step(StepDefinition.Role.WHEN, expressions.createExpression(when.value()), method));
            List.of(method.getAnnotationsByType(Then.class)).forEach(then ->
                    vocabulary.step(StepDefinition.Role.THEN, expressions.createExpression(then.value()), method));
        }
        vocabulary.steps.sort(Comparator.comparing(StepDefinition::noun).thenComparing(StepDefinition::role)
                .thenComparing(StepDefinition::source));
        return vocabulary;
    }

    private void step(StepDefinition.Role role, Expression expression, Method method) {
        steps.add(new StepDefinition(expression, role, method));
    }

    private void parameter(Method method, ParameterType annotation, ParameterTypeRegistry registry) {
        String name = annotation.name().isEmpty() ? method.getName() : annotation.name();
        CaptureGroupTransformer<Object> transformer = groups -> invoke(method, groups[0]);
        List<String> patterns = List.of(annotation.value());
        registry.defineParameterType(new io.cucumber.cucumberexpressions.ParameterType<>(name, patterns,
                method.getGenericReturnType(), transformer, false, false));
        Spelled spelled = method.getAnnotation(Spelled.class);
        if (spelled == null) {
            throw new IllegalStateException(method + " has no @Spelled: nobody could read what {" + name + "} is");
        }
        parameters.put(name, new Parameter(name, spelled.meaning(), List.of(spelled.as()), spelled.range(),
                patterns.get(0)));
    }

    static Object invoke(Method method, Object argument) {
        try {
            return method.invoke(method.getDeclaringClass().getConstructor().newInstance(), argument);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(method + " failed", thrown.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }

    /** Returns the steps, grouped by noun. */
    List<StepDefinition> steps() {
        return List.copyOf(steps);
    }

    /** Returns the parameters by name. */
    Map<String, Parameter> parameters() {
        return parameters;
    }

    /** Returns the method that converts a table to this type; empty if there is none. */
    Optional<Method> table(Class<?> type) {
        return Optional.ofNullable(tables.get(type));
    }

    /** Returns the definitions that match a step's words: exactly one if the step is right. */
    List<StepDefinition> fitting(String text) {
        return steps.stream().filter(step -> step.fits(text)).toList();
    }

    /** Returns a sentence of a definition, with the first spelling of each parameter. */
    String example(StepDefinition step) {
        return filled(step.plain());
    }

    /** Returns the same, with this spelling of one parameter. */
    String example(StepDefinition step, Parameter parameter, String spelling) {
        return filled(step.plain().replace("{" + parameter.name() + "}", spelling));
    }

    private String filled(String plain) {
        String sentence = plain;
        for (Parameter parameter : parameters.values()) {
            sentence = sentence.replace("{" + parameter.name() + "}", parameter.spellings().get(0));
        }
        return sentence;
    }
}
