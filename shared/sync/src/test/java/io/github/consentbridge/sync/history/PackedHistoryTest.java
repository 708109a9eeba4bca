package io.github.consentbridge.sync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.consentbridge.sync.storage.PackedText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedHistoryTest {
    /** As it was first stored: the dictionary must stay what it was then. */
    private static final String STORED =
            "eLvDxMT6wxK8xmC3W0D9aGRKQvACE3ZxTmpJCdBkfAFdqmtIRFhD3GFuZWppZWoBcwdSkZMKNgUpYFPAAmhBiRleSlizgn9g"
                    + "cWFKaZFZblVgQaW5d4B5uYVPZlhOtruHj2GlaX6gk66/q6ePY1VmlC+OXIM13AYuXKHFA4GAtaRqwAIABPawJA==";

    private static String lines() {
        return SampleHistory.appended(HistoryTail.NONE, Instant.parse("2026-03-01T08:00:00.250Z"), 2, true)
                .unsaved()
                .stream()
                .map(ChainedEntry::text)
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "météo 🌦", "{\"n\":1,\"at\":\"2026-03-01T08:00:00Z\"}\n{}"})
    void unpacksToWhatWasPacked(String text) {
        assertThat(PackedHistory.unpack(PackedHistory.pack(text))).isEqualTo(text);
    }

    @Test
    void whatWasStoredIsReadForEver() {
        assertThat(PackedHistory.unpack(Base64.getDecoder().decode(STORED))).isEqualTo(lines());
    }

    @Test
    void whatWasPackedWithoutADictionaryIsReadToo() {
        assertThat(PackedHistory.unpack(PackedText.pack(lines()))).isEqualTo(lines());
    }

    @Test
    void takesLittleMoreThanHalfOfTheBytes() {
        assertThat(PackedHistory.pack(lines()).length).isLessThan(PackedText.pack(lines()).length * 6 / 10);
    }

    @Test
    void whatIsCutOffOrNoneOfOursIsRefused() {
        byte[] packed = PackedHistory.pack(lines());

        for (byte[] other : new byte[][] {{}, {0x78}, new byte[40], Arrays.copyOf(packed, packed.length - 5)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> PackedHistory.unpack(other));
        }
    }

    @Test
    void whatUnpacksToMoreThanWeEverPackIsRefused() {
        byte[] tooMuch = PackedHistory.pack("a".repeat((8 << 20) + 1));

        assertThatIllegalArgumentException().isThrownBy(() -> PackedHistory.unpack(tooMuch));
    }
}
