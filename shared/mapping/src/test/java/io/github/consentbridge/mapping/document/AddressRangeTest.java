package io.github.consentbridge.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            203.0.113.7,     203.0.113.7,          true
            203.0.113.7,     203.0.113.8,          false
            203.0.113.0/24,  203.0.113.255,        true
            203.0.113.0/24,  203.0.114.0,          false
            203.0.113.0/25,  203.0.113.128,        false
            0.0.0.0/0,       8.8.8.8,              true
            0.0.0.0/0,       ::1,                  false
            2001:db8::/32,   2001:DB8:0:0:0:0:0:9, true
            2001:db8::/32,   2001:db9::,           false
            203.0.113.7,     ::ffff:203.0.113.7,   true
            203.0.113.7,     localhost,            false
            203.0.113.7,     '',                   false""")
    void addressIsFoundInRange(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "beef",
                "1.2.3",
                "256.1.1.1",
                "010.1.1.1",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "::1/129",
                ":::1",
                "fe80::1%eth0",
                ".:",
                "1.2.3.4 "
            })
    void otherTextIsNotARange(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }
}
