package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    private record Holder(String name, Secret secret) {}

    @Test
    void printsHiddenAlsoInsideARecord() {
        assertThat(new Holder("x", Secret.of("hunter2"))).hasToString("Holder[name=x, secret=Secret[hidden]]");
    }

    @Test
    void equalsByValue() {
        assertThat(Secret.of("hunter2"))
                .isEqualTo(Secret.of("hunter2"))
                .hasSameHashCodeAs(Secret.of("hunter2"))
                .isNotEqualTo(Secret.of("hunter3"));
    }

    @Test
    void matchesThePresentedValueOnly() {
        assertThat(Secret.of("hunter2").matches("hunter2")).isTrue();
        assertThat(Secret.of("hunter2").matches("hunter")).isFalse();
    }
}
