package delivery.steps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents a parameter of the steps for the step catalogue and the messages of {@code make check}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Spelled {

    /** The parameter's meaning, in a sentence. */
    String meaning();

    /** Accepted spellings, beginning with the one that examples use. */
    String[] as();

    /** The valid range in words; empty if the parameter is not a number. */
    String range() default "";
}
