package delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    @TempDir
    private Path folder;

    @Property(tries = 300)
    void aCountOfTheRangeIsReadHoweverItIsWritten(@ForAll @IntRange(min = 1, max = 100_000) int number) {
        Kind kind = Kind.count(1, 100_000);

        for (String written : new String[] {"" + number, "+" + number, "00" + number, number + ".00", number + "e0",
            BigDecimal.valueOf(number).stripTrailingZeros().toString()}) {
            assertThat(kind.read(written)).as(written).isEqualTo(number);
        }
    }

    @Property(tries = 500)
    void aCountBeyondTheRangeOrWithAFractionIsRefused(
            @ForAll int least, @ForAll @IntRange(max = 1000) int width, @ForAll int number) {
        Assume.that(least <= Integer.MAX_VALUE - width);
        int most = least + width;
        Kind kind = Kind.count(least, most);
        assertThat(kind.form()).isEqualTo(least + " to " + most);
        assertThat(kind.read("" + least)).isEqualTo(least);
        assertThat(kind.read("" + most)).isEqualTo(most);

        for (String refused : new String[] {"" + (least - 1L), "" + (most + 1L), least + ".5", "1e400", "",
            number + " "}) {
            assertThatIllegalArgumentException().as(refused).isThrownBy(() -> kind.read(refused))
                    .withMessage("is not a whole number from " + least + " to " + most + "; write one");
        }
        if (number < least || number > most) {
            assertThatIllegalArgumentException().isThrownBy(() -> kind.read("" + number));
        }
    }

    @Property(tries = 300)
    void aDecimalIsReadIfItIsInTheRangeAndRefusedIfNot(
            @ForAll @BigRange(min = "-1", max = "21") @Scale(4) BigDecimal number) {
        Kind kind = Kind.decimal("0.1", "20");

        if (number.compareTo(new BigDecimal("0.1")) >= 0 && number.compareTo(new BigDecimal("20")) <= 0) {
            assertThat(kind.read(number.toPlainString())).isEqualTo(number.doubleValue());
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> kind.read(number.toPlainString()))
                    .withMessage("is not a number from 0.1 to 20; write one");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1,true", "20,true", "0.0999999999999999999999,false", "20.0000000000000000000001,false", "2e1,true"})
    void theEndsOfADecimalsRangeAreExact(String written, boolean accepted) {
        Kind kind = Kind.decimal("0.1", "20");
        if (accepted) {
            assertThat(kind.read(written)).isEqualTo(Double.parseDouble(written));
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> kind.read(written));
        }
    }

    @Property(tries = 200)
    void anAddressHasAPortThatExists(@ForAll @IntRange(min = 0, max = 70_000) int port) {
        if (port >= 1 && port <= 65_535) {
            assertThat(Kind.URL.read("http://gateway.example:" + port)).isEqualTo(
                    URI.create("http://gateway.example:" + port));
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.URL.read("http://gateway.example:" + port))
                    .withMessageContaining("port that does not exist");
        }
    }

    @ParameterizedTest
    @CsvSource({"1,true", "65535,true", "65536,false", "0,false"})
    void theLastPortExistsAndTheNextDoesNot(String port, boolean exists) {
        String address = "gateway.example:" + port;
        if (exists) {
            assertThat(Kind.URL_OR_HOST.read(address)).isEqualTo(URI.create("https://" + address));
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.URL_OR_HOST.read(address));
        }
    }

    @ParameterizedTest
    @CsvSource({"http://a?x=1,query", "http://a#x,fragment", "http://user@a,user", "http:///x,host", "a:80/x,host"})
    void anAddressIsNoMoreThanSchemeHostPortAndPath(String address, String complaint) {
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.URL.read(address))
                .withMessageContaining(complaint);
    }

    @Property(tries = 100)
    void aNameHasSixtyThreeCharactersAtMost(@ForAll @IntRange(min = 1, max = 80) int length) {
        String name = "a".repeat(length);
        if (length <= 63) {
            assertThat(Kind.NAME.read(name)).isEqualTo(name);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.NAME.read(name))
                    .withMessageContaining("63 at most");
        }
    }

    @ParameterizedTest
    @CsvSource({"189,true", "190,false"})
    void aDomainLeavesRoomForAScenariosNameBeforeIt(int length, boolean accepted) {
        String domain = "abcdefg.".repeat(23) + "a".repeat(length - 23 * 8);
        if (accepted) {
            assertThat(Kind.DOMAIN.read(domain)).isEqualTo(domain);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.DOMAIN.read(domain));
        }
    }

    @Property(tries = 300)
    void aSecretIsPrintableAsciiWithoutBlanks(@ForAll char character) {
        String text = "s" + character + "t";
        if (character > 0x20 && character < 0x7f) {
            assertThat(Kind.SECRET.read(text)).isInstanceOfSatisfying(Secret.class,
                    secret -> assertThat(secret.reveal()).isEqualTo(text));
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.SECRET.read(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u007f", "\n", "ä"})
    void aSecretThatAHeaderCannotCarryIsRefused(String character) {
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.SECRET.read("a" + character + "b"))
                .withMessageContaining("copy it again");
    }

    @Test
    void aFileIsOneAndAFolderIsOne() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path none = folder.resolve("none");

        assertThat(Kind.FILE.read(file.toString())).isEqualTo(file);
        assertThat(Kind.FOLDER.read(folder.toString())).isEqualTo(folder);
        assertThat(Kind.FOLDER_TO_BE.read(folder.toString())).isEqualTo(folder);
        assertThat(Kind.FOLDER_TO_BE.read(none.toString())).isEqualTo(none);
        assertThatThrownBy(() -> Kind.FILE.read(folder.toString())).hasMessageContaining("not a file");
        assertThatThrownBy(() -> Kind.FILE.read(none.toString())).hasMessageContaining("not a file");
        assertThatThrownBy(() -> Kind.FOLDER.read(file.toString())).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> Kind.FOLDER.read(none.toString())).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> Kind.FOLDER_TO_BE.read(file.toString())).hasMessageContaining("not a folder");
        for (Kind kind : new Kind[] {Kind.FILE, Kind.FOLDER, Kind.FOLDER_TO_BE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> kind.read("a\0b"))
                    .withMessageContaining("not a path");
        }
    }

    @ParameterizedTest
    @CsvSource({"/app,true", "/srv/app,true", "/with blank,true", "app,false", "/app/./x,false", "//app,false"})
    void aFolderInTheImageIsPlain(String path, boolean accepted) {
        if (accepted) {
            assertThat(Kind.FOLDER_IN_IMAGE.read(path)).isEqualTo(path);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.FOLDER_IN_IMAGE.read(path));
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "Yes,true", "1,true", "FALSE,false", "no,false", "0,false"})
    void aFlagIsTrueOrFalse(String written, boolean read) {
        assertThat(Kind.FLAG.read(written)).isEqualTo(read);
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.FLAG.read(written + written));
    }

    @Test
    void strategiesAreReadHoweverChartsSpellThem() {
        assertThat(Kind.STRATEGIES.read("blueGreen, canary")).hasToString("blue-green,canary");
        assertThat(Kind.STRATEGIES.read("Canary")).hasToString("canary");
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.STRATEGIES.read("rolling"))
                .withMessageContaining("write blue-green, canary, or both");
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.STRATEGIES.read("canary,"));
    }

    @Test
    void wordsOfStrategiesAreReadAndAPairThatIsNoneIsRefused() {
        assertThat(Kind.STRATEGY_WORDS.read("blueGreen=bg, Canary= prog")).isEqualTo("blue-green=bg,canary=prog");
        for (String wrong : List.of("rolling=x", "canary", "canary=", "blue-green=a,b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Kind.STRATEGY_WORDS.read(wrong))
                    .withMessage("does not say how a strategy is spelt; write one such as"
                            + " blue-green=blueGreen,canary=canary");
        }
    }

    @Test
    void placesOfAVersionAreReadAndWhatIsNoneIsRefusedWithAnExample() {
        assertThat(Kind.URL_PATH.read("/api/v1/version")).isEqualTo("/api/v1/version");
        assertThat(Kind.POINTER.read("/build/version")).hasToString("JSON /build/version");
        assertThat(Kind.HEADER.read("X-Version")).hasToString("header X-Version");
        assertThat(Kind.GROUP.read("v=(\\S+)")).hasToString("text at v=(\\S+)");
        refused(Kind.URL_PATH, "/api/version");
        refused(Kind.POINTER, "/version");
        refused(Kind.HEADER, "X-Version");
        refused(Kind.GROUP, "version=(");
    }

    @Test
    void versionsThatThereAreAreReadAndWhatIsNoTagIsRefused() {
        assertThat(Kind.VERSIONS.read("1.1.0,v2=2")).hasToString("[1.1.0, v2=2]");
        for (String wrong : List.of("", "1.1.0=", "a b", "1.1.0,,2", "-1", "x".repeat(129), "=1")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Kind.VERSIONS.read(wrong))
                    .withMessageContaining("is not a tag of an image; write one such as 1.1.0");
        }
        assertThat(Kind.VERSION.read("x".repeat(128) + "=1=2")).hasToString("x".repeat(128) + "=1=2");
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.VERSIONS.read("1, 1=2"))
                .withMessageContaining("has a tag twice");
    }

    @Test
    void aLineOfAFileIsAnAbsolutePathAndAnExpressionOfOneGroup() {
        VersionLine line = (VersionLine) Kind.LINE.read("/app/version.py:^v: \"(.*)\"$");
        assertThat(line.file()).isEqualTo("/app/version.py");
        assertThat(line.pattern().matcher("x\nv: \"1\"\ny").find()).as("lines are seen as such").isTrue();
        for (String wrong : List.of("app/v:(.*)", "/app/v", "/:(.*)", "/app/:(.*)", "/app/../v:(.*)", "/app//v:(.*)")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Kind.LINE.read(wrong))
                    .withMessageContaining("does not begin with the absolute path");
        }
        for (String wrong : List.of("/app/v:.*", "/app/v:(.)(.)", "/app/v:")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Kind.LINE.read(wrong))
                    .withMessageContaining("does not have one group");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.LINE.read("/app/v:("))
                .withMessageContaining("has no regular expression after the file: Unclosed group");
    }

    private static void refused(Kind kind, String example) {
        for (String wrong : List.of("version ?(", "(", "a b: c", "(a)(b)")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> kind.read(wrong))
                    .withMessageContaining(example);
        }
    }

    /** A CI system's own BUILD variable is a number, a word or an address, and must never be run. */
    @Test
    void aTextThatIsNoCommandIsNotOne() throws IOException {
        Path program = Files.createFile(folder.resolve("docker"));
        Files.createFile(folder.resolve("release"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (String wrong : List.of("123", "1.2.3", "#17", "release", "release now", "debug", folder + "/none", "true",
                "test", "https://ci.test/42", "VERBOSE=1 debug", folder.toString())) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() ->
                    ShellCommand.read(wrong, folder.toString())).withMessageContaining("is not a command")
                    .withMessageContaining("unset BUILD if it is another program's, or set it to the command");
        }
        for (String right : List.of("docker build . && docker push $IMAGE", "cd app && docker push $IMAGE",
                "same-image", program + " push", "for x in 1; do docker push $IMAGE; done", "(docker push)",
                "$BUILDER push", "TAG=x docker push", "TAG=$TAG make push", "docker; docker")) {
            assertThat(ShellCommand.read(right, "/none:" + folder)).isEqualTo(right);
        }
    }

    @Test
    void eachKindTellsItsForm() {
        assertThat(Kind.TEXT.read(" as it is ")).isEqualTo(" as it is ");
        assertThat(new String[] {Kind.TEXT.form(), Kind.FILE.form(), Kind.FOLDER.form(), Kind.FLAG.form(),
            Kind.URL.form(), Kind.decimal("0.1", "20").form()})
                .containsExactly("text", "file", "folder", "true or false", "URL", "0.1 to 20");
    }

    @Test
    void oneOfSomeWordsIsReadAsItIsWritten() {
        Kind kind = Kind.choice("copies", "in-place");
        assertThat(kind.form()).isEqualTo("copies or in-place");
        assertThat(kind.read("in-place")).isEqualTo("in-place");
        assertThatIllegalArgumentException().isThrownBy(() -> kind.read("inplace"))
                .withMessage("is not copies or in-place; write one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "a/b/c", "/b", "a/", "A/b", "a/b c"})
    void aNameInANamespaceHasBoth(String text) {
        assertThat(Kind.OBJECT_NAME.read("argocd/journal")).isEqualTo("argocd/journal");
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.OBJECT_NAME.read(text))
                .withMessage("is not a name in a namespace; write one such as argocd/journal");
    }
}
