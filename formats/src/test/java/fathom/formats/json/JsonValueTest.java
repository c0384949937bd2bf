package fathom.formats.json;

import java.util.List;

import fathom.formats.FormatException;
import fathom.formats.json.JsonValue.Flag;
import fathom.formats.json.JsonValue.Items;
import fathom.formats.json.JsonValue.Members;
import fathom.formats.json.JsonValue.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Canonical JSON against RFC 8785: its table of numbers (Appendix B) and its example of sorting (section 3.2.3). */
final class JsonValueTest {
    @ParameterizedTest
    @CsvSource({"0000000000000000,0", "8000000000000000,0", "0000000000000001,5e-324", "8000000000000001,-5e-324",
            "7fefffffffffffff,1.7976931348623157e+308", "ffefffffffffffff,-1.7976931348623157e+308",
            "4340000000000000,9007199254740992", "c340000000000000,-9007199254740992",
            "4430000000000000,295147905179352830000", "44b52d02c7e14af5,9.999999999999997e+22",
            "44b52d02c7e14af6,1e+23", "44b52d02c7e14af7,1.0000000000000001e+23",
            "444b1ae4d6e2ef4e,999999999999999700000", "444b1ae4d6e2ef4f,999999999999999900000",
            "444b1ae4d6e2ef50,1e+21", "3eb0c6f7a0b5ed8c,9.999999999999997e-7", "3eb0c6f7a0b5ed8d,0.000001",
            "41b3de4355555553,333333333.3333332", "41b3de4355555554,333333333.33333325",
            "41b3de4355555555,333333333.3333333", "41b3de4355555556,333333333.3333334",
            "41b3de4355555557,333333333.33333343", "becbf647612f3696,-0.0000033333333333333333",
            "43143ff3c1cb0959,1424953923781206.2"})
    void numbersEqualTheTableOfTheStandard(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(new JsonValue.Numeral(value).canonical()).isEqualTo(text);
    }

    @Test
    void membersAreSortedByUtf16CodeUnitsWithoutSpace() throws FormatException {
        String json = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""";

        assertThat(JsonValue.parse(json, "example").canonical()).isEqualTo("{\"\\r\":\"Carriage Return\","
                + "\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
                + "\"€\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void stringsEscapeOnlyWhatTheyMust() {
        assertThat(new Text("\"\\/\b\t\n\f\r\u0001\u007fä").canonical())
                .isEqualTo("\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\u007fä\"");
        assertThatIllegalArgumentException().isThrownBy(() -> new Text("\ud83d").canonical())
                .withMessageContaining("surrogate");
    }

    @Test
    void equalValuesHaveEqualTextAndHash() throws FormatException {
        Members built = Members.NONE.with("b", 1).with("a", new Items(List.of(new Flag(true), JsonValue.of(0.1f))))
                .with("c", Members.NONE.with("d", "e"));
        JsonValue read = JsonValue.parse(" { \"c\" : {\"d\":\"e\"} , \"a\":[true, 1.0e-1],\n\"b\":1.0 }", "test");

        assertThat(read).isEqualTo(built);
        assertThat(read.canonical()).isEqualTo("{\"a\":[true,0.1],\"b\":1,\"c\":{\"d\":\"e\"}}");
        assertThat(read.sha256()).isEqualTo(built.sha256())
                .isEqualTo("4cba41bdac122707127930ea7d3c96545b08b1ae1e3c3d5a0739bff3d3bb5b80");
        assertThat(built.with("b", 2).sha256()).isNotEqualTo(built.sha256());
    }

    @Test
    void flatMembersHavePathsAsNames() {
        Members nested = Members.NONE.with("resize", Members.NONE.with("height", 384).with("fit", "pad")).with("mean",
                JsonValue.ofFloats(List.of(0.485f, 0.456f, 0.406f)));

        assertThat(nested.flat()).hasToString("{mean=[0.485,0.456,0.406], resize.fit=pad, resize.height=384}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1,]", "{\"a\":1,\"a\":2}", "{\"a\"}", "01", "+1", "1.", "1e999", "\"a", "tru",
            "\"\\x\"", "\"\\u12g4\"", "\"\\ud83d\"", "[1] 2", "{a:1}", "\"\u0001\"", "NaN"})
    void invalidJsonIsRejectedWithItsPosition(String json) {
        assertThatThrownBy(() -> JsonValue.parse(json, "settings")).isInstanceOf(FormatException.class)
                .hasMessageContaining("settings").hasMessageContaining("expected").hasMessageContaining("found");
    }

    @Test
    void deepNestingIsRejected() {
        assertThatThrownBy(() -> JsonValue.parse("[".repeat(100_000), "settings")).isInstanceOf(FormatException.class)
                .hasMessageContaining("levels");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersAreFinite(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonValue.Numeral(value));
    }
}
