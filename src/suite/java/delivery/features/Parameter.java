package delivery.features;

import java.util.List;

/**
 * A parameter of steps.
 *
 * @param meaning   its meaning
 * @param spellings accepted spellings, beginning with the one that examples use
 * @param range     the valid range in words; may be empty
 * @param pattern   regular expression of the text that is read as one
 */
record Parameter(String name, String meaning, List<String> spellings, String range, String pattern) {
}
