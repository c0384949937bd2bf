package fathom.models;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextValueTest {
    private static TextValue value(String text) {
        return new TextValue(text, (expected, cause) -> new IllegalStateException("expected " + expected, cause));
    }

    @Test
    void valuesAreConverted() {
        assertThat(value("true").flag()).isTrue();
        assertThat(value("false").flag()).isFalse();
        assertThat(value("7").integer(7)).isEqualTo(7);
        assertThat(value("0.5").positive()).isEqualTo(0.5);
        assertThat(value("0.1, -2,3e1").numbers(3)).containsExactly(0.1f, -2f, 30f);
        assertThat(value("480,640").integers(1, 2, 1000, "a size")).containsExactly(480, 640);
        Map<String, Integer> choices = new LinkedHashMap<>();
        choices.put("one", 1);
        choices.put("two", 2);
        assertThat(value("two").choice(choices)).isEqualTo(2);
        assertThatThrownBy(() -> value("three").choice(choices)).hasMessage("expected one of one, two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "99999999999"})
    void invalidNumberIsRejectedWithItsCause(String text) {
        assertThatThrownBy(() -> value(text).integer(0)).isInstanceOf(IllegalStateException.class)
                .hasMessage("expected an integer of at least 0").hasCauseInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> value(text + ",").numbers(2)).hasMessage("expected 2 numbers separated by commas")
                .hasCauseInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> value(text).flag()).hasMessage("expected true or false");
    }

    @Test
    void valuesOutsideTheirRangeAreRejected() {
        assertThatThrownBy(() -> value("6").integer(7)).hasMessage("expected an integer of at least 7").hasNoCause();
        for (String number : new String[]{"0", "-1", "NaN", "Infinity"}) {
            assertThatThrownBy(() -> value(number).positive()).hasMessage("expected a number above 0");
        }
        assertThatThrownBy(() -> value("x").positive()).hasCauseInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> value("1,2").numbers(3)).hasMessage("expected 3 numbers separated by commas");
        assertThatThrownBy(() -> value("1,NaN,3").numbers(3)).hasMessage("expected 3 numbers separated by commas");
        for (String size : new String[]{"0", "1001", "1,2,3"}) {
            assertThatThrownBy(() -> value(size).integers(1, 2, 1000, "a size")).hasMessage("expected a size");
        }
    }
}
