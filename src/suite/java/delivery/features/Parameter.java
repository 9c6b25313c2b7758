package delivery.features;

import java.util.List;

/**
 * A parameter of steps.
 *
 * @param meaning   what it stands for
 * @param spellings that are accepted, the one of examples first
 * @param range     what is possible, in words; may be empty
 * @param pattern   regular expression of what is read as one
 */
record Parameter(String name, String meaning, List<String> spellings, String range, String pattern) {
}
