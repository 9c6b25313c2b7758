package delivery.endurance;

import java.util.List;
import java.util.Locale;

/** The minimum, median and maximum of some numbers. */
record Spread(double least, double middle, double most) {

    /** @throws IllegalArgumentException if there are no numbers */
    static Spread of(List<Double> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("no numbers");
        }
        List<Double> sorted = numbers.stream().sorted().toList();
        int half = sorted.size() / 2;
        double middle = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(sorted.get(0), middle, sorted.get(sorted.size() - 1));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", least, middle, most);
    }
}
