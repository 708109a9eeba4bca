package io.github.consentbridge.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.AddressRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private static Proxies trusting(String... ranges) {
        return Proxies.inFront(Stream.of(ranges)
                .map(range -> AddressRange.parse(range).orElseThrow())
                .toList());
    }

    private static List<String> header(String values) {
        return values == null ? List.of() : List.of(values.split("\\|"));
    }

    @Test
    void withoutAProxyTheHeaderCountsForNothing() {
        assertThat(Proxies.none().sender("192.0.2.4", List.of("203.0.113.7"))).isEqualTo("192.0.2.4");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "203.0.113.7:4711, 203.0.113.7",
        "2001:db8::1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "[2001:db8::1]:443, 2001:db8::1",
        "'198.51.100.9, 203.0.113.7:4711', 203.0.113.7",
        "'198.51.100.9 ,  203.0.113.7 ', 203.0.113.7",
        "198.51.100.9|203.0.113.7, 203.0.113.7",
        "unknown, unknown",
        "'203.0.113.7, _hidden', _hidden",
        "'203.0.113.7, ', ''",
        ", 127.0.0.1"
    })
    void lastEntryIsTheSenderOfOneProxy(String forwardedFor, String sender) {
        assertThat(trusting().sender("127.0.0.1", header(forwardedFor))).isEqualTo(sender);
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.7, 10.0.0.5', 203.0.113.7",
        "'203.0.113.7:4711, 10.0.0.5:80, [2001:db8:ffff::2]:443', 203.0.113.7",
        "'198.51.100.9, 203.0.113.7, 10.0.0.5', 203.0.113.7",
        "'10.0.0.9, 203.0.113.7, 10.0.0.5', 203.0.113.7",
        "'198.51.100.9, 203.0.113.7|10.0.0.5', 203.0.113.7",
        "'203.0.113.7, unknown, 10.0.0.5', unknown",
        "'10.0.0.4, 10.0.0.5', 10.0.0.4",
        ", 10.1.2.3"
    })
    void lastAddressThatIsNoProxyIsTheSender(String forwardedFor, String sender) {
        assertThat(trusting("10.0.0.0/8", "2001:db8:ffff::/48").sender("10.1.2.3", header(forwardedFor)))
                .isEqualTo(sender);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 203.0.113.7", "0:0:0:0:0:0:0:1, 203.0.113.7", "192.0.2.4, 192.0.2.4"})
    void whoeverPassesByTheProxiesIsTheSender(String caller, String sender) {
        assertThat(trusting("10.0.0.0/8").sender(caller, List.of("203.0.113.7, 10.0.0.5")))
                .isEqualTo(sender);
    }
}
