package delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatValuesTest {

    private static final FlatValues VALUES = new FlatValues(Values.parse("values.yaml", """
            image: {tag: 1.0.0, pullPolicy:}
            ingress:
              hosts: [{host: shop.test}, b.test]
            env.name: a
            empty: []
            """));

    @Test
    void eachValueHasItsPathInTheOrderOfTheFile() {
        assertThat(VALUES.leaves()).extracting(FlatValues.Leaf::path).containsExactly("image.tag", "image.pullPolicy",
                "ingress.hosts", "ingress.hosts[0].host", "ingress.hosts[1]", "env\\.name", "empty");
    }

    @Test
    void aValueHasATextAndAPlace() {
        FlatValues.Leaf tag = VALUES.at("image.tag").orElseThrow();
        assertThat(tag.text()).isEqualTo("1.0.0");
        assertThat(tag.isList()).isFalse();
        assertThat(tag.isInList()).isFalse();
        assertThat(tag.parent()).isEqualTo("image");
        assertThat(tag.siblings().keySet()).hasToString("[tag, pullPolicy]");
        assertThat(VALUES.at("image.pullPolicy").orElseThrow().text()).isEmpty();
    }

    @Test
    void aListAndItsElementsAreValuesToo() {
        assertThat(VALUES.at("ingress.hosts").orElseThrow().isList()).isTrue();
        assertThat(VALUES.at("ingress.hosts").orElseThrow().isInList()).isFalse();
        assertThat(VALUES.at("ingress.hosts[0].host").orElseThrow().isInList()).isTrue();
        assertThat(VALUES.at("ingress.hosts[0].host").orElseThrow().parent()).isEqualTo("ingress.hosts[0]");
        assertThat(VALUES.at("ingress.hosts[1]").map(FlatValues.Leaf::text)).contains("b.test");
        assertThat(VALUES.at("empty").orElseThrow().isList()).isTrue();
        assertThat(VALUES.at("empty").orElseThrow().parent()).isEmpty();
        assertThat(VALUES.at("image")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "image.tag, none",
        "image.new, none",
        "ingress.hosts[1], none",
        "image, image is a mapping or a list",
        "ingress.hosts, ingress.hosts is a mapping or a list",
        "empty, empty is a mapping or a list",
        "ingress.hosts[2], the values have nothing at ingress.hosts[2]"})
    void aTextIsSetOnlyWhereASingleValueIsOrMayBe(String path, String obstacle) {
        assertThat(VALUES.obstacle(path).orElse("none")).startsWith(obstacle);
    }
}
