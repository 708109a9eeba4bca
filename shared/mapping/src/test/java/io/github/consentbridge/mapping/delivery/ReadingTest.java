package io.github.consentbridge.mapping.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.delivery.Reading.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReadingTest {
    /** Operators count ignored deliveries by this text. */
    @Test
    void reasonsHaveDistinctTexts() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::text))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }
}
