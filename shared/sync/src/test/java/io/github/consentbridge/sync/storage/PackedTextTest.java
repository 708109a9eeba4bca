package io.github.consentbridge.sync.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "météo 🌦"})
    void unpacksToWhatWasPacked(String text) {
        assertThat(PackedText.unpack(PackedText.pack(text))).isEqualTo(text);
    }

    @Test
    void whatUnpacksToMoreThanWeEverPackIsRefused() {
        byte[] most = PackedText.pack("a".repeat(PackedText.MAX_BYTES));
        byte[] tooMuch = PackedText.pack("a".repeat(PackedText.MAX_BYTES + 1));

        assertThat(PackedText.unpack(most)).hasSize(PackedText.MAX_BYTES);
        assertThatThrownBy(() -> PackedText.unpack(tooMuch)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsCutOffOrNoneOfOursIsRefused() {
        byte[] packed = PackedText.pack("a text");

        assertThatThrownBy(() -> PackedText.unpack(Arrays.copyOf(packed, packed.length - 9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackedText.unpack(new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }
}
