package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListedFactsTest {
    private final ListedFacts listed = new ListedFacts();

    @Test
    void factIsNewOnce() {
        assertThat(listed.contains("found", "ada")).isFalse();
        assertThat(listed.add("found", "ada")).isTrue();
        assertThat(listed.add("found", "ada")).isFalse();
        assertThat(listed.contains("found", "ada")).isTrue();
    }

    @Test
    void partsAreKeptApart() {
        listed.add("ab", "c");

        assertThat(listed.contains("a", "bc")).isFalse();
        assertThat(listed.contains("abc")).isFalse();
    }

    @Test
    void manyFactsAreToldApart() {
        for (int number = 0; number < 100_000; number++) {
            assertThat(listed.add("found", "p-" + number)).isTrue();
        }

        assertThat(listed.contains("found", "p-0")).isTrue();
        assertThat(listed.contains("found", "p-99999")).isTrue();
        assertThat(listed.contains("found", "p-100000")).isFalse();
    }
}
