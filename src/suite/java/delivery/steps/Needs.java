package delivery.steps;

import delivery.release.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a delivery must have for a step to be carried out, beside the strategy that its words name. Where it does not,
 * the scenario is not applicable, and nothing is deployed for it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {

    Capability[] value();
}
