package delivery.features;

import delivery.settings.Distance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Suggests the existing steps that the author of an undefined one may have meant. */
final class Suggestions {

    /** Most sentences that are compared for one definition, whose parameters may have several spellings. */
    private static final int MOST_SENTENCES = 60;
    /** Largest share of a sentence that a slip of the pen changes. */
    private static final double NEAR = 0.3;
    private static final double AS_NEAR = 0.05;
    private static final int SHOWN = 3;

    private record Candidate(StepDefinition step, String sentence, double distance, double strangeness) {
    }

    private final Vocabulary vocabulary;

    Suggestions(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Suggests how to replace an undefined step. */
    String insteadOf(String text) {
        List<Candidate> candidates = vocabulary.steps().stream().map(step -> nearest(step, text)).toList();
        List<Candidate> near = candidates.stream().sorted(Comparator.comparingDouble(Candidate::distance)).toList();
        if (near.isEmpty()) {
            return "there are no steps at all";
        }
        double best = near.get(0).distance();
        if (best <= NEAR) {
            return "did you mean " + near.stream().limit(SHOWN)
                    .filter(candidate -> candidate.distance() <= best + AS_NEAR)
                    .map(candidate -> "\"" + candidate.sentence() + "\"").distinct()
                    .collect(Collectors.joining(" or ")) + "?" + spelled(near.get(0).step(), text);
        }
        return "the nearest are " + candidates.stream().sorted(Comparator.comparingDouble(Candidate::strangeness)
                        .thenComparingDouble(Candidate::distance)).limit(SHOWN)
                .map(candidate -> "\"" + vocabulary.example(candidate.step()) + "\"").collect(Collectors.joining(", "))
                + "; reports/steps.md has all of them, and a new one needs code";
    }

    /** Lists the values of parameters that the text lacks or misspells. */
    private String spelled(StepDefinition step, String text) {
        return vocabulary.parameters().values().stream()
                .filter(parameter -> step.source().contains("{" + parameter.name() + "}")
                        && used(parameter, text).isEmpty())
                .map(parameter -> " For \"" + parameter.name() + "\" write " + String.join(", ", parameter.spellings())
                        + ".")
                .collect(Collectors.joining());
    }

    private Candidate nearest(StepDefinition step, String text) {
        return sentences(step, text).stream().map(sentence -> new Candidate(step, sentence,
                        Distance.between(text.toLowerCase(Locale.ROOT), sentence.toLowerCase(Locale.ROOT))
                                / (double) Math.max(text.length(), sentence.length()), strangeness(text, sentence)))
                .min(Comparator.comparingDouble(Candidate::distance)).orElseThrow();
    }

    /** Returns 0 if all words are in common, 1 if none are. */
    private static double strangeness(String one, String other) {
        Set<String> all = words(one);
        Set<String> common = words(one);
        all.addAll(words(other));
        common.retainAll(words(other));
        return 1 - common.size() / (double) all.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d%]+")));
        words.removeAll(Set.of("the", "a", "is", "are", "of", "to", "and", "by", "it", "its", "on", "for", ""));
        return words;
    }

    /** Returns a step's sentences with the parameters in the text, or else with all their spellings. */
    private List<String> sentences(StepDefinition step, String text) {
        List<String> sentences = List.of(step.plain());
        for (Parameter parameter : vocabulary.parameters().values()) {
            String place = "{" + parameter.name() + "}";
            while (sentences.get(0).contains(place)) {
                List<String> filled = new ArrayList<>();
                for (String sentence : sentences) {
                    spellings(parameter, text).forEach(spelling -> filled.add(
                            sentence.replaceFirst(Pattern.quote(place), Matcher.quoteReplacement(spelling))));
                }
                sentences = filled.subList(0, Math.min(MOST_SENTENCES, filled.size()));
            }
        }
        return sentences;
    }

    private static Set<String> spellings(Parameter parameter, String text) {
        Set<String> used = used(parameter, text);
        return used.isEmpty() ? new LinkedHashSet<>(parameter.spellings()) : used;
    }

    private static Set<String> used(Parameter parameter, String text) {
        Set<String> used = new LinkedHashSet<>();
        Matcher found = Pattern.compile("(?<![\\p{L}\\d])(?:" + parameter.pattern() + ")(?![\\p{L}\\d])").matcher(text);
        while (found.find()) {
            used.add(found.group());
        }
        return used;
    }
}
