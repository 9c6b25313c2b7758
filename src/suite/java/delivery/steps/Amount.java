package delivery.steps;

import java.math.BigDecimal;

/** A number that a feature names, with the range in which it makes sense. */
final class Amount {

    private Amount() {
    }

    /**
     * Reads a whole number.
     *
     * @param written what the feature has: "2,000 requests"
     * @throws OutOfRange if the number is not in the range
     */
    static int whole(String written, int least, int most) {
        return number(written, least, most).intValueExact();
    }

    private static BigDecimal number(String written, int least, int most) {
        BigDecimal number = new BigDecimal(digits(written));
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new OutOfRange(written, least + " to " + most);
        }
        return number;
    }

    /** The digits of a number: thousands may be set apart by commas. */
    static String digits(String written) {
        return written.replace(",", "").replaceAll("[^\\d.].*", "");
    }
}
