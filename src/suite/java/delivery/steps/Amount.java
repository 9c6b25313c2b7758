package delivery.steps;

import java.math.BigDecimal;

/** A number in a feature, with its valid range. */
final class Amount {

    private Amount() {
    }

    /**
     * Reads a whole number.
     *
     * @param written the text in the feature: "2,000 requests"
     * @throws OutOfRange if the number is outside the range
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

    /** Returns the digits of a number, whose thousands may be separated by commas. */
    static String digits(String written) {
        return written.replace(",", "").replaceAll("[^\\d.].*", "");
    }
}
