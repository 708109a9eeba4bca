package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2015-10-21T07:28:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "absent",
            value = {
                "30                            | PT30S",
                "0                             | PT0S",
                " 7                            | PT7S",
                "999999999999                  | PT15M",
                "Wed, 21 Oct 2015 07:28:30 GMT | PT30S",
                "Wed, 21 Oct 2015 07:27:00 GMT | PT0S",
                "Thu, 21 Oct 2038 07:27:00 GMT | PT15M",
                "''                            | absent",
                "-5                            | absent",
                "soon                          | absent",
                "99999999999999999999          | absent",
            })
    void isSecondsOrAnHttpDate(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW).orElse(null)).isEqualTo(wait);
    }
}
