package delivery.failure;

/**
 * A difference between the task's file and the features.
 *
 * @param line in the task's file, from 1; 0 if it has none
 * @param what one sentence
 */
public record Difference(int line, String what) {
}
