package delivery.steps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What people read of a parameter of the steps: the step catalogue and the messages of {@code make check} tell it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Spelled {

    /** What it stands for, in a sentence. */
    String meaning();

    /** Spellings that are accepted, the one that examples use first. */
    String[] as();

    /** The least and the most that is possible, in words; empty if there is nothing to count. */
    String range() default "";
}
