package delivery.steps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;

/**
 * Marks a step that observes how the release was deployed. Its scenario gets a release of its own from the beginning,
 * because another scenario's release was deployed by that one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ReadsDeployment {

    /** Recognizes such steps by the location of their code. */
    final class Steps {

        private Steps() {
        }

        /** @param code location as Cucumber names it: "delivery.steps.HistorySteps.lists()" */
        public static boolean has(String code) {
            String method = code.replaceFirst("\\(.*", "");
            int dot = method.lastIndexOf('.');
            try {
                return dot > 0 && Arrays.stream(Class.forName(method.substring(0, dot)).getMethods())
                        .anyMatch(found -> found.getName().equals(method.substring(dot + 1))
                                && found.isAnnotationPresent(ReadsDeployment.class));
            } catch (ClassNotFoundException noCode) {
                return false;
            }
        }
    }
}
